/** The record in SQL: opening it, migrating its schema, and the engine's store ports over it. Uses engine, and the packages below. */
@NullMarked
package org.physionet.provisioner.store;

import org.jspecify.annotations.NullMarked;
