package io.governor.sync.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom the server may write to, as it stands in the sync state; members that are not known here
 * stay. Its {@code toString} shows nothing of it. Immutable; safe to share between threads.
 */
public final class Contact {

  private final Map<String, @Nullable Object> members;

  private Contact(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** A contact as a registration gives it. */
  public static Contact of(
      String email, String name, @Nullable String organization, @Nullable String operatorRole) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("email", email);
    members.put("name", name);
    if (organization != null) {
      members.put("organization", organization);
    }
    if (operatorRole != null) {
      members.put("operator_role", operatorRole);
    }
    return new Contact(members);
  }

  static Contact read(Map<String, @Nullable Object> members) {
    return new Contact(new LinkedHashMap<>(members));
  }

  Map<String, @Nullable Object> members() {
    return members;
  }

  /** The address, or null in a state that has none. */
  public @Nullable String email() {
    return text("email", "contact_email");
  }

  /** The name, or null in a state that has none. */
  public @Nullable String name() {
    return text("name", "contact_name");
  }

  /** The organization, if one was given. */
  public @Nullable String organization() {
    return text("organization", "organization");
  }

  /** What the contact does there, if it was given. */
  public @Nullable String operatorRole() {
    return text("operator_role", "role");
  }

  /** Other products write the wire's names. */
  private @Nullable String text(String name, String otherName) {
    Object value = members.getOrDefault(name, members.get(otherName));
    return value instanceof String text ? text : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Contact contact && contact.members.equals(members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "Contact[" + members.size() + " members]";
  }
}
