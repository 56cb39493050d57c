package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.governor.Mode;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.Verdict;
import io.governor.json.CanonicalJson;
import io.governor.yaml.PlainScalars;
import io.governor.yaml.YamlNode;
import io.governor.yaml.YamlProblem;
import io.governor.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the loader, held against each other. */
class PolicySchemaTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final JsonNode SCHEMA_TEXT = read(Documents.text("governor-policy.schema.json"));
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA_TEXT);
  private static final PolicyLoader LOADER =
      PolicyLoader.standard().detectors(Documents.DETECTORS).withoutCases();

  static List<Documents.Case> valid() {
    return Documents.all().stream().filter(document -> !document.refused()).toList();
  }

  static List<Documents.Case> invalid() {
    return Documents.all().stream()
        .filter(document -> document.refused() && !document.loaderAlone())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valid")
  void what_the_loader_takes_the_schema_takes(Documents.Case document) throws YamlProblem {
    assertThat(SCHEMA.validate(tree(document.document()))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void what_the_loader_refuses_the_schema_refuses(Documents.Case document) throws YamlProblem {
    assertThat(SCHEMA.validate(tree(document.document()))).isNotEmpty();
  }

  /**
   * A document of several faults would hide a gap behind another, so each rule stands alone too.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void the_schema_refuses_every_rule_that_the_loader_refuses(Documents.Case document)
      throws YamlProblem {
    JsonNode rules = tree(document.document()).path("rules");
    if (rules.isArray()) {
      for (int i = 0; i < rules.size(); i++) {
        String path = " rules[" + i + "]";
        boolean refused =
            document.said().stream()
                .anyMatch(line -> line.contains(path + ".") || line.contains(path + ":"));
        assertThat(SCHEMA.validate(alone(rules.get(i))).isEmpty())
            .as(document.name() + path)
            .isEqualTo(!refused);
      }
    }
  }

  private static JsonNode alone(JsonNode rule) {
    ObjectNode document = JSON.createObjectNode().put("governor", 1).put("id", "a");
    document.putArray("rules").add(rule);
    return document;
  }

  @Test
  void the_example_of_the_design_is_valid() throws YamlProblem {
    assertThat(SCHEMA.validate(tree(Documents.text("acme-support.yaml")))).isEmpty();
  }

  @Test
  void every_policy_that_can_be_written_is_valid() {
    RandomDocuments random = new RandomDocuments(seeded());
    for (int i = 0; i < 300; i++) {
      String text = random.policy().toJson();
      assertThat(SCHEMA.validate(read(text))).as(text).isEmpty();
    }
  }

  /** An editor must not mark as wrong what the loader takes. */
  @Test
  void what_the_schema_refuses_the_loader_refuses() {
    SplittableRandom seeded = seeded();
    RandomDocuments random = new RandomDocuments(seeded);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      JsonNode document = read(random.policy().toJson());
      mutate(document, seeded);
      if (!SCHEMA.validate(document).isEmpty()) {
        refused++;
        assertThat(isRefused(document.toString())).as(document.toString()).isTrue();
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private static boolean isRefused(String text) {
    try {
      LOADER.parse("p", text);
      return false;
    } catch (PolicyException e) {
      return true;
    }
  }

  /** Replaces, renames or removes one value somewhere. */
  private static void mutate(JsonNode document, SplittableRandom random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(document, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    JsonNode other =
        read(
            List.of(
                    "null",
                    "true",
                    "1",
                    "-1",
                    "0.5",
                    "\"\"",
                    "\"x\"",
                    "\"OFF\"",
                    "[]",
                    "{}",
                    "[\"a\"]",
                    "[{}]",
                    "{\"a\": 1}",
                    "100000000",
                    "\"/a\"",
                    "\"12:30\"")
                .get(random.nextInt(16)));
    if (container instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), other);
    } else if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(3)) {
        case 0 -> object.set(name, other);
        case 1 -> object.remove(name);
        default -> object.set(name + "s", object.remove(name));
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && !node.isEmpty()) {
      containers.add(node);
    }
    node.forEach(child -> collect(child, containers));
  }

  @ParameterizedTest
  @EnumSource(Section.class)
  void loader_and_schema_know_the_same_keys(Section section) {
    assertThat(keys(section.name().toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(section.keys());
  }

  @Test
  void loader_and_schema_know_the_same_words() {
    assertThat(keys("weights"))
        .containsExactlyInAnyOrderElementsOf(KnownNames.lowerCase(Risk.Signal.values()).keySet());
    assertThat(names(definition("policy").at("/properties/standard/properties")))
        .containsExactlyInAnyOrderElementsOf(KnownNames.STANDARD_RULES.keySet());
    assertThat(words(definition("mode"))).isEqualTo(lower(Mode.values()));
    assertThat(words(definition("case").at("/properties/expect")))
        .isEqualTo(lower(Verdict.values()));
    assertThat(words(definition("origins"))).isEqualTo(lower(Origin.values()));
    assertThat(words(definition("part"))).isEqualTo(lower(Condition.Part.values()));
    assertThat(words(definition("operations")))
        .isEqualTo(Arrays.stream(Operation.values()).map(Enum::name).toList());
    assertThat(words(definition("type")))
        .isEqualTo(
            Arrays.stream(Comparison.JsonType.values())
                .map(Comparison.JsonType::wireName)
                .toList());
  }

  @Test
  void every_key_is_explained_to_whoever_writes_it() {
    for (Section section :
        List.of(Section.POLICY, Section.RULE, Section.ARGUMENT, Section.CASE, Section.TOOLS)) {
      JsonNode properties = definition(section.name().toLowerCase(Locale.ROOT)).path("properties");
      for (String key : section.keys()) {
        assertThat(description(properties.path(key))).as(section + "." + key).isNotEmpty();
      }
    }
  }

  private static String description(JsonNode property) {
    String own = property.path("description").asText();
    String target = property.path("$ref").asText().replace("#/$defs/", "");
    return own.isEmpty() && !target.isEmpty()
        ? definition(target).path("description").asText()
        : own;
  }

  private static List<String> lower(Enum<?>[] constants) {
    return Arrays.stream(constants).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static List<String> words(JsonNode definition) {
    List<String> words = new ArrayList<>();
    definition.path("enum").forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Collection<String> keys(String definition) {
    return names(definition(definition).path("properties"));
  }

  private static Collection<String> names(JsonNode object) {
    Collection<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode definition(String name) {
    return SCHEMA_TEXT.path("$defs").path(name);
  }

  /** The document as an editor sees it: infinities and such become text there. */
  private static JsonNode tree(String document) throws YamlProblem {
    YamlNode root =
        document.stripLeading().startsWith("{")
            ? null
            : YamlReader.read(document, PlainScalars.YAML_1_2);
    return root == null && document.stripLeading().startsWith("{")
        ? read(document)
        : read(
            CanonicalJson.text(root == null ? null : root.data())
                .replaceAll("-?Infinity|NaN", "\"$0\""));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static SplittableRandom seeded() {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.strip());
    System.err.println("governor.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
