package org.physionet.provisioner.adapters.second.mistakes;

/** What the others of the mistakes use. */
public record Second() {}
