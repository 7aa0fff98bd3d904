package org.physionet.provisioner.adapters.gcp.directory;

import org.jspecify.annotations.Nullable;

/**
 * A group as the APIs name it.
 *
 * @param address as the catalog has it
 * @param name the Cloud Identity API's, {@code groups/ID}; null: not asked, or there is no such group
 */
record GroupRef(String address, @Nullable String name) {}
