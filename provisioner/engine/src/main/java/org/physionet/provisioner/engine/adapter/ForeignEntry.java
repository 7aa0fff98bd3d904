package org.physionet.provisioner.engine.adapter;

/**
 * An entry that the engine does not own and writes back as it was.
 *
 * @param text for people, e.g. {@code group:team@example.org as roles/storage.objectViewer}
 * @param givesAccess whether somebody can read the data by it
 */
public record ForeignEntry(String text, boolean givesAccess) {}
