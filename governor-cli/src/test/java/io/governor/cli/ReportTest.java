package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir Path temp;
  private Path root = Path.of("");
  private Path page = Path.of("");

  @BeforeEach
  void places() {
    root = temp.resolve("state");
    page = temp.resolve("report.html");
  }

  private Cli.Result report(String state, String... more) throws IOException {
    if (Files.notExists(root)) {
      StateRoots.make(state, root);
    }
    String[] args = new String[more.length + 1];
    args[0] = "report";
    System.arraycopy(more, 0, args, 1, more.length);
    return Cli.at(root).run(args);
  }

  @Test
  void aReportIsAFileThatOnlyItsOwnerCanRead() throws IOException {
    Cli.Result result = report("support", "--html", page.toString());

    assertThat(result)
        .isEqualTo(new Cli.Result(0, "Wrote " + page + ": 3 sessions, 17 events.\n", ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("vectorstore.write");
  }

  @Test
  void anotherReportReplacesTheOneOfBefore() throws IOException {
    report("support", "--html", page.toString());

    Cli.Result second = report("support", "--html", page.toString(), "--session", "ticket");

    assertThat(second.out()).isEqualTo("Wrote " + page + ": 1 session, 6 events.\n");
    assertThat(page).content().doesNotContain("vectorstore.write");
  }

  @Test
  void aFileThatIsNoReportStaysWhatItIs() throws IOException {
    Files.writeString(page, "a trace");

    Cli.Result result = report("support", "--html", page.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo(
            "governor: "
                + page
                + ": it is there already and is no report: give another name, or remove it\n");
    assertThat(page).hasContent("a trace");
  }

  @Test
  void aWindowTakesTheEventsInsideOnly() throws IOException {
    Cli.Result result =
        report("support", "--html", "-", "--window", "2026-04-14T09:00:00Z..2026-04-14T09:30:00Z");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("crm.lookup").contains("mail.send").doesNotContain("scraper");
  }

  @Test
  void aWindowWithoutEventsGivesAnEmptyPage() throws IOException {
    Cli.Result result = report("support", "--html", "-", "--window", "1999-01");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("No session in this report.");
  }

  @Test
  void whatCouldNotBeReadIsSaid() throws IOException {
    Cli.Result result = report("damaged", "--html", "-");

    assertThat(result.out()).contains("lines or files could not be read");
    assertThat(result.err()).contains("ticket-4711.jsonl");
  }

  @Test
  void whatWasLostAndWhatRanAlthoughRefusedStandsInFront() throws IOException {
    assertThat(report("blocked", "--html", "-").out()).contains("<b>1</b>ran although refused");
    root = temp.resolve("another");
    assertThat(report("losses", "--html", "-").out()).contains("events lost");
  }

  @Test
  void costsComeFromThePricesThatAreGiven() throws IOException {
    Path prices = temp.resolve("prices.yaml");
    Files.writeString(prices, "currency: USD\nmodels: [{model: '*', prompt: 10, completion: 20}]");

    Cli.Result result = report("tokens", "--html", "-", "--prices", prices.toString());

    assertThat(result.out()).contains("Together USD 0.0490, by the prices that were given.");
  }

  @Test
  void pricesThatAreNoneAreRefusedWithTheirPlaceAndNothingIsWritten() throws IOException {
    Path prices = temp.resolve("prices.yaml");
    Files.writeString(prices, "currency: USD\nmodels: [{model: '*', prompt: free}]");

    Cli.Result result = report("tokens", "--html", page.toString(), "--prices", prices.toString());

    assertThat(result)
        .isEqualTo(
            new Cli.Result(
                ExitCode.USAGE,
                "",
                "governor: "
                    + prices
                    + ":2:31: prompt: expected the price of a million tokens, 0 to 1000000\n"));
    assertThat(page).doesNotExist();
  }

  @Test
  void aSessionAndAWindowAtOnceAreRefused() throws IOException {
    Cli.Result result = report("support", "--html", "-", "--session", "t", "--window", "2026-04");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo("governor: --session and --window exclude each other: give one of them\n");
  }

  @Test
  void forProgramsTheAnswerIsJson() throws IOException {
    Cli.Result result = report("support", "--html", page.toString(), "--json");

    assertThat(result.out())
        .isEqualTo(
            "{\"html\": \"" + page + "\", \"sessions\": 3, \"events\": 17, \"unread\": 0}\n");
  }
}
