package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL has a host here only where every reader of URLs sees the same one. */
class UrlHostTest {

  @ParameterizedTest
  @CsvSource({
    "https://acme.com, acme.com",
    "https://ACME.com/path?x=1#y, acme.com",
    "http://acme.com:8080/, acme.com",
    "https://acme.com./x, acme.com",
    "ftp://files.acme.com, files.acme.com",
    "https://user@acme.com/, acme.com",
    "https://user:pw@acme.com:443/, acme.com",
    "https://acme.com?@evil.example/, acme.com",
    "https://acme.com#@evil.example/, acme.com",
    "https://127.0.0.1/, 127.0.0.1",
    "'https://[::1]:8443/x', '[::1]'",
    "https://xn--bcher-kva.example/, xn--bcher-kva.example",
    "git+ssh://host.example/x, host.example"
  })
  void hostsThatAreCertain(String url, String host) {
    assertThat(UrlHost.of(url)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme.com",
        "acme.com/path",
        "//acme.com/",
        "https:/acme.com",
        "https:\\\\acme.com",
        "https://acme.com\\@evil.example/",
        "https://a@b@acme.com/",
        "https://acme.com:443:80/",
        "https://acme.com:http/",
        "https://ac\tme.com/",
        "https://acme.com /",
        " https://acme.com/",
        "https://acme%2ecom/",
        "https://acme\u3002com/",
        "https://b\u00fccher.example/",
        "https:///path",
        "https://",
        "https://.acme.com/",
        "https://acme..com/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.256/",
        "http://[::1/",
        "1http://acme.com/",
        "javascript:alert(1)//://acme.com",
        "data:text/html,x"
      })
  void whatReadersDisagreeAboutHasNone(String url) {
    assertThat(UrlHost.of(url)).isNull();
  }

  @Test
  void aStarStandsForNamesBelowAndNotForTheNameItself() {
    HostList hosts = new HostList(List.of("*.acme.com", "Example.org"));

    assertThat(hosts.contains("https://api.acme.com/", false)).isTrue();
    assertThat(hosts.contains("https://a.b.acme.com/", false)).isTrue();
    assertThat(hosts.contains("https://acme.com/", false)).isFalse();
    assertThat(hosts.contains("https://evilacme.com/", false)).isFalse();
    assertThat(hosts.contains("https://acme.com.evil.example/", false)).isFalse();
    assertThat(hosts.contains("https://example.org/", false)).isTrue();
    assertThat(hosts.contains("https://www.example.org/", false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.1/",
        "http://2130706433/",
        "http://[::1/",
        "//127.0.0.1/",
        "file://localhost/etc/passwd",
        "gopher://localhost:6379/_x"
      })
  void inDoubtARuleHoldsWhicheverWayItIsWritten(String url) {
    HostList hosts = new HostList(List.of("127.0.0.1", "localhost"));

    assertThat(hosts.contains(url, true)).isTrue();
    assertThat(hosts.contains(url, false)).isFalse();
    assertThat(hosts.contains("no URL at all", true)).isFalse();
  }
}
