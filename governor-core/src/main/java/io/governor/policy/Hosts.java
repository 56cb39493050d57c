package io.governor.policy;

import java.util.ArrayList;
import java.util.List;

/** Reads names of hosts. Stateless. */
final class Hosts {

  private static final String HOST =
      "the name of a host such as acme.com, or *.acme.com for all below it, without scheme, port"
          + " and path, other scripts as xn--";

  private Hosts() {}

  static List<String> read(Located value) {
    List<String> hosts = new ArrayList<>();
    for (Located item : value.oneOrMore(HOST, PolicyBounds.LIST)) {
      String host = item.text(HOST, PolicyBounds.NAME);
      if (host != null) {
        if (isName(host) || isAddress(host)) {
          hosts.add(host);
        } else {
          item.refuse("expected " + HOST);
        }
      }
    }
    return hosts;
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
