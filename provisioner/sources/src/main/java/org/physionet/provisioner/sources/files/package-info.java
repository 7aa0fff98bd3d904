/**
 * Reads people and datasets from a folder of files, for repositories other than PhysioNet, for tests and for the demo. Uses
 * the engine's model and ports, Jackson and {@code sources.identity}.
 */
@NullMarked
package org.physionet.provisioner.sources.files;

import org.jspecify.annotations.NullMarked;
