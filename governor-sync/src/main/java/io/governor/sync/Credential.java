package io.governor.sync;

/**
 * A secret together with the server that gave it: the only form in which a transport takes one, and
 * it shows it to no other server. Immutable; safe to share between threads.
 *
 * @param endpoint the server that gave the secret
 * @param secret what the installation proves itself with there
 */
public record Credential(Endpoint endpoint, InstallationSecret secret) {}
