package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvFileSource(resources = "endpoints-accepted.tsv", delimiter = '\t')
  void an_address_has_one_form(String text, String canonical) throws SyncException {
    Endpoint endpoint = Endpoint.parse(text);

    assertThat(endpoint).hasToString(canonical).isEqualTo(Endpoint.parse(canonical));
    assertThat(endpoint.resolve("/sync")).hasToString(canonical + "/sync");
    assertThat(endpoint.isHttps()).isTrue();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "endpoints-refused.tsv", delimiter = '\t', emptyValue = "")
  void anything_else_is_refused_with_what_would_be_accepted(String text, String reason) {
    assertThatThrownBy(() -> Endpoint.parse(text == null ? "" : text))
        .isInstanceOfSatisfying(
            SyncException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(SyncException.Kind.INPUT))
        .hasMessage(
            "the endpoint cannot be used: "
                + reason
                + "; expected an address such as https://collector.example.org")
        .hasNoCause();
  }

  @Test
  void a_very_long_address_is_refused() {
    assertThatThrownBy(() -> Endpoint.parse("https://example.org/" + "a".repeat(2_000)))
        .hasMessageContaining("it is longer than 2000 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1", "http://127.0.0.1:8080/v1", "http://[::1]:8080"})
  void plain_http_may_reach_this_machine_where_that_is_allowed(String text) throws SyncException {
    assertThat(Endpoint.parse(text, true)).hasToString(text);
    assertThat(Endpoint.parse(text, true).isHttps()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost", "http://127.0.0.1.example.org", "http://10.0.0.1", "http://x"})
  void plain_http_reaches_no_other_machine_even_where_it_is_allowed(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text, true))
        .hasMessage(
            "the endpoint cannot be used: plain http is for 127.0.0.1 and [::1] only; expected an"
                + " address such as https://collector.example.org");
  }

  @Test
  void what_the_client_calls_itself_is_coarse() {
    assertThat(UserAgent.of("0.1.0", 17, "Linux")).isEqualTo("governor-sync/0.1.0 java-17 linux");
    assertThat(UserAgent.of("0.1.0", 25, "Mac OS X")).isEqualTo("governor-sync/0.1.0 java-25 mac");
    assertThat(UserAgent.of("0.1.0", 21, "Windows Server 2022 of Ann"))
        .isEqualTo("governor-sync/0.1.0 java-21 windows");
    assertThat(UserAgent.of("0.1.0", 21, "Plan 9")).isEqualTo("governor-sync/0.1.0 java-21 other");
  }

  @Test
  void a_credential_does_not_show_its_secret() throws SyncException {
    InstallationSecret secret = InstallationSecret.of("sgn_live_0123456789abcdef");

    assertThat(new Credential(Endpoint.parse("https://example.org"), secret))
        .hasToString("Credential[endpoint=https://example.org, secret=" + secret + "]")
        .asString()
        .doesNotContain("0123456789abcdef");
  }
}
