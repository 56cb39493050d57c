package io.governor.cli;

import io.governor.RuleId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a rule or flag means.
 *
 * @param id the rule's id or the flag's name
 * @param title in a few words
 * @param checks what it looks at
 * @param fires when it fires
 * @param remedy what to do then
 */
record Explanation(String id, String title, String checks, String fires, String remedy) {

  boolean isRule() {
    return RuleId.isWellFormed(id);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("kind", isRule() ? "rule" : "flag");
    json.put("title", title);
    json.put("checks", checks);
    json.put("fires", fires);
    json.put("remedy", remedy);
    return json;
  }
}
