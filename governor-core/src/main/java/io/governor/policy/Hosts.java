package io.governor.policy;

import java.util.ArrayList;
import java.util.List;

/** Reads names of hosts. Stateless. */
final class Hosts {

  private static final String HOST =
      "the name of a host such as acme.com, or *.acme.com for all below it, without scheme, port"
          + " and path, other scripts as xn--";

  private static final String OF_NO_URL =
      "names have at most 253 characters, none ends with a dot, and where the last part is a number"
          + " all is an address such as 10.0.0.1";

  /** What may stand before the name in {@code *.name}: a label, or numbers of an address. */
  private static final List<String> BELOW = List.of("a.", "1.", "1.1.", "1.1.1.");

  private Hosts() {}

  static List<String> read(Located value) {
    List<String> hosts = new ArrayList<>();
    for (Located item : value.oneOrMore(HOST, PolicyBounds.LIST)) {
      String host = item.text(HOST, PolicyBounds.NAME);
      if (host != null) {
        if (!isName(host) && !isAddress(host)) {
          item.refuse("expected " + HOST);
        } else if (isOfSomeUrl(host)) {
          hosts.add(host);
        } else {
          item.refuse("no URL has this host: " + OF_NO_URL);
        }
      }
    }
    return hosts;
  }

  /** Whether the reader of URLs ever comes to the host. */
  private static boolean isOfSomeUrl(String host) {
    HostList list = new HostList(List.of(host));
    String address = host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    return host.startsWith("*.")
        ? BELOW.stream().anyMatch(part -> list.contains(url(part + host.substring(2)), false))
        : list.contains(url(address), false);
  }

  private static String url(String host) {
    return "https://" + host + "/";
  }

  private static boolean isName(String host) {
    String name = host.startsWith("*.") ? host.substring(2) : host;
    return !name.isEmpty()
        && !name.startsWith(".")
        && !name.contains("..")
        && name.codePoints().allMatch(Hosts::isOfName);
  }

  /** Names of other scripts stand in URLs and here in their ASCII form, {@code xn--…}. */
  private static boolean isOfName(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_');
  }

  /** An address of IPv6, with or without brackets. */
  private static boolean isAddress(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String address = bracketed ? host.substring(1, host.length() - 1) : host;
    return address.indexOf(':') != address.lastIndexOf(':')
        && address.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0);
  }
}
