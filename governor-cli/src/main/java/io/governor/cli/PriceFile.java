package io.governor.cli;

import io.governor.cli.report.Prices;
import io.governor.yaml.YamlProblem;
import io.governor.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the table of prices. Stateless. */
final class PriceFile {

  private static final int MAX_BYTES = 64 << 10;

  private PriceFile() {}

  static Prices read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Prices.parse(file.toString(), YamlReader.text(in, MAX_BYTES));
    } catch (IOException e) {
      throw CommandFailure.usage(LocalFiles.reason(e));
    } catch (YamlProblem e) {
      throw CommandFailure.usage(file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
