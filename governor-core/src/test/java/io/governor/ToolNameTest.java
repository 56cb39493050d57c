package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.pattern.Glob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ToolNameTest {

  @ParameterizedTest(name = "{0} is {1} on {2}")
  @CsvFileSource(resources = "/io/governor/tool-names.csv", delimiter = '|')
  void aNameTellsOperationAndTarget(String name, Operation operation, String target) {
    assertThat(ToolName.parse(name)).isEqualTo(new ToolName(operation, target));
  }

  @Test
  void wordsAreCutAtCapitalsAndSignsAndLoseTrailingDigits() {
    assertThat(ToolWords.of("HTTPPut")).containsExactly("http", "put");
    assertThat(ToolWords.of("aws.s3_getObject2")).containsExactly("aws", "s", "get", "object");
    assertThat(ToolWords.of("__")).isEmpty();
    assertThat(ToolWords.of("42")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "memory.put, true", "vector_store_add, true", "vectorstore.add, true", "VectorStore, true",
    "vector.add_store, false", "memorandum.write, false", "filesystem, true", "file_system, false",
    "userDatabase, true"
  })
  void persistenceIsNamedByWholeWords(String name, boolean persistent) {
    assertThat(ToolName.namesPersistence(name)).isEqualTo(persistent);
  }

  @Test
  void annotationsRaiseAnOperationAndLowerItOnlyWhenTrusted() {
    ToolClassifier classifier = new ToolClassifier(List.of());

    assertThat(operation(classifier, "search", new ToolAnnotations(false, null, false)))
        .isEqualTo(Operation.WRITE);
    assertThat(operation(classifier, "search", new ToolAnnotations(null, true, false)))
        .isEqualTo(Operation.DELETE);
    assertThat(operation(classifier, "search", new ToolAnnotations(true, true, false)))
        .isEqualTo(Operation.READ);
    assertThat(operation(classifier, "crm.delete", new ToolAnnotations(true, null, false)))
        .isEqualTo(Operation.DELETE);
    assertThat(operation(classifier, "crm.delete", new ToolAnnotations(true, null, true)))
        .isEqualTo(Operation.READ);
  }

  @Test
  void configurationBeatsAnnotationsAndNamesTraitByTrait() {
    ToolClassifier classifier =
        new ToolClassifier(
            List.of(
                java.util.Map.entry(
                    Glob.of("crm.sync"), ToolTraits.NONE.operation(Operation.WRITE)),
                java.util.Map.entry(
                    Glob.of("crm.*"),
                    ToolTraits.NONE.operation(Operation.READ).target("customers"))));
    ToolCall call =
        ToolCall.of("crm.sync", ToolArguments.empty())
            .withAnnotations(new ToolAnnotations(true, null, true));

    ClassifiedCall classified = classifier.classify(call, Origin.API);

    assertThat(classified.operation()).isEqualTo(Operation.WRITE);
    assertThat(classified.target()).isEqualTo("customers");
  }

  @Test
  void aReadFromAPersistentPlaceIsNoMemoryWrite() {
    ToolClassifier classifier = new ToolClassifier(List.of());

    assertThat(memoryWrite(classifier, "filesystem.read_file")).isNull();
    assertThat(memoryWrite(classifier, "filesystem.write_file")).isEqualTo("tool_metadata");
    assertThat(memoryWrite(classifier, "memory.delete")).isEqualTo("tool_metadata");
    assertThat(memoryWrite(classifier, "crm.update")).isNull();
  }

  @Test
  void aConfiguredStoreIsAMemoryWriteWhenItIsWrittenTo() {
    ToolClassifier classifier =
        new ToolClassifier(
            List.of(
                java.util.Map.entry(Glob.of("notes.*"), ToolTraits.NONE.persistent(true)),
                java.util.Map.entry(Glob.of("memory.*"), ToolTraits.NONE.persistent(false))));

    assertThat(memoryWrite(classifier, "notes.add")).isEqualTo("config_registry");
    assertThat(memoryWrite(classifier, "notes.find")).isNull();
    assertThat(memoryWrite(classifier, "memory.put")).isNull();
  }

  @Test
  void codingAgentToolsAreKnownByTableOnTheHookSurfaceOnly() {
    ToolClassifier classifier = new ToolClassifier(List.of());
    ToolCall glob = ToolCall.of("Glob", ToolArguments.empty());
    ToolCall edit = ToolCall.of("Edit", ToolArguments.empty());

    assertThat(classifier.classify(glob, Origin.HOOK).target()).isEqualTo("filesystem");
    assertThat(classifier.classify(edit, Origin.HOOK).memoryWrite()).isEqualTo("tool_metadata");
    assertThat(classifier.classify(glob, Origin.API).target()).isEqualTo("Glob");
  }

  @Test
  void aCommandOfAThousandPiecesStillFitsALineAndSaysThatSomethingIsMissing() {
    ToolClassifier classifier = new ToolClassifier(List.of());
    ToolArguments arguments =
        ToolArguments.of(java.util.Map.of("command", "ls; ".repeat(999) + "rm -rf x"));

    ClassifiedCall classified = classifier.classify(ToolCall.of("Bash", arguments), Origin.API);

    assertThat(classified.operation()).isEqualTo(Operation.EXECUTE);
    assertThat(classified.target()).isEqualTo("shell");
    assertThat(classified.shell().segments()).hasSize(100);
    assertThat(classified.shell().complete()).isFalse();
    assertThat(classified.shell().destructive()).isTrue();
  }

  private static Operation operation(
      ToolClassifier classifier, String name, ToolAnnotations annotations) {
    ToolCall call = ToolCall.of(name, ToolArguments.empty()).withAnnotations(annotations);
    return classifier.classify(call, Origin.MCP).operation();
  }

  private static String memoryWrite(ToolClassifier classifier, String name) {
    return classifier.classify(ToolCall.of(name, ToolArguments.empty()), Origin.API).memoryWrite();
  }
}
