package io.governor.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule or flag on an event, and why it is there.
 *
 * @param id the rule's id or the flag's name
 * @param title in a few words, empty for one this version does not know
 * @param why what in the trace made it fire
 * @param remedy what to do, empty for one this version does not know
 */
record Finding(String id, String title, String why, String remedy) {

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("title", title);
    json.put("why", why);
    json.put("remedy", remedy);
    return json;
  }
}
