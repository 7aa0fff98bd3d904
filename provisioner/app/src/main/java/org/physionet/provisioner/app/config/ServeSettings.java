package org.physionet.provisioner.app.config;

/**
 * Section {@code serve} of the configuration.
 *
 * @param address where it listens: this machine only, because nobody has to sign in
 * @param port 0: any
 */
public record ServeSettings(String address, int port) {}
