/**
 * Reads PhysioNet's own PostgreSQL database, read only and in one transaction. Uses the engine's model and ports, JDBC and
 * {@code sources.identity}.
 */
@NullMarked
package org.physionet.provisioner.sources.physionet;

import org.jspecify.annotations.NullMarked;
