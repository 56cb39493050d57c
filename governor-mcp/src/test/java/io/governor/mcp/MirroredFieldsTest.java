package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header fields that repeat what stands in a message (2026-07-28). */
class MirroredFieldsTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":%s}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "us-west1|us-west1",
        "two words|two words",
        "\"\"|\"\"",
        "\" led\"|=?base64?IGxlZA==?=",
        "Zürich|=?base64?WsO8cmljaA==?=",
        "\"a\nb\"|=?base64?YQpi?=",
        "=?base64?YQ==?=|=?base64?PT9iYXNlNjQ/WVE9PT89?=",
        "=?base64?=|=?base64?="
      })
  void aValueIsWrittenSoThatItCanBeReadBack(String value, String field) {
    assertThat(HeaderText.of(value)).isEqualTo(field);
    assertThat(HeaderText.value(field)).isEqualTo(value);
  }

  @Test
  void whatSaysItIsBase64AndIsNotHasNoValue() {
    assertThat(HeaderText.value("=?base64?!?=")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type':'string','x-mcp-header':'V'}|'a'|{Mcp-Param-V=a}",
        "{'type':'string','x-mcp-header':'V'}|true|{Mcp-Param-V=true}",
        "{'type':'integer','x-mcp-header':'V'}|42.0|{Mcp-Param-V=42}",
        "{'type':'integer','x-mcp-header':'V'}|1e999999999|{Mcp-Param-V=1E+999999999}",
        "{'type':'string','x-mcp-header':'V'}|null|{}",
        "{'type':'string','x-mcp-header':'V'}|[1]|{}",
        "{'type':'string','x-mcp-header':'two words'}|'a'|{}",
        "{'type':'string','x-mcp-header':''}|'a'|{}",
        "{'properties':{'in':{'x-mcp-header':'V'}}}|{'in':'a'}|{Mcp-Param-V=a}",
        "{'items':{'x-mcp-header':'V'}}|['a']|{}",
      })
  void aToolsSchemaSaysWhichArgumentsGoAsFieldsToo(String schema, String value, String fields)
      throws RefusedFrame {
    Map<?, ?> tree = tree("{'properties':{'p':" + schema + "}}");
    Map<String, String> told = new TreeMap<>();

    MirroredArguments.of(tree).forEach(tree("{'p':" + value + "}"), told::put);

    assertThat(told).hasToString(fields);
  }

  @Test
  void theFirstOfTwoDeclarationsOfOneFieldCounts() throws RefusedFrame {
    Map<?, ?> schema = tree("{'properties':{'p':{'x-mcp-header':'V'},'q':{'x-mcp-header':'v'}}}");
    Map<String, String> told = new TreeMap<>();

    MirroredArguments.of(schema).forEach(tree("{'p':'a','q':'b'}"), told::put);

    assertThat(told).hasToString("{Mcp-Param-V=a}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // sent with it | what became of it | the field before | the field after
        "{'v':'key K'}|{'v':'key [cut]'}|key K|[key [cut]]",
        "{'v':'ü K'}|{'v':'ü [cut]'}|=?base64?w7wgSw==?=|[=?base64?w7wgW2N1dF0=?=]",
        "{'v':'K','w':'K'}|{'v':'[cut]','w':'K'}|K|",
        "{'v':'K','w':'K'}|{'v':'[cut]','w':'[cut]'}|K|[[cut]]",
        "{'v':'K'}|{}|K|",
        "{'v':['a',{'w':'K'}]}|{'v':['a',{'w':'[cut]'}]}|K|[[cut]]",
        "{'v':'K','n':7}|{'v':'[cut]','n':7}|7|[7]",
        // What repeats nothing that is in the message would go past the rule.
        "{'v':'K'}|{'v':'[cut]'}|K2|",
        "{'v':'K'}|{'v':'[cut]'}|=?base64?!?=|",
        // Nothing changed: nothing is looked at.
        "{'v':'K'}|{'v':'K'}|anything|[anything]"
      })
  void aFieldSaysWhatTheMessageSays(String before, String after, String field, String expected) {
    Headers sent = new Headers();
    sent.add("Mcp-Param-V", field);
    sent.add("Mcp-Name", "t");
    sent.add("X-Other", "K");

    Headers fields = RewrittenFields.of(sent, call(before), call(after));

    assertThat(fields.get("X-Other")).containsExactly("K");
    assertThat(fields.get("Mcp-Name")).containsExactly("t");
    assertThat(String.valueOf(fields.get("Mcp-Param-V"))).isEqualTo(String.valueOf(expected));
  }

  private static byte[] call(String arguments) {
    return CALL.formatted(arguments.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<?, ?> tree(String json) throws RefusedFrame {
    Message message = Frame.read(call(json)).parts().get(0).message();
    return (Map<?, ?>) ((Message.Request) message).params().get("arguments");
  }
}
