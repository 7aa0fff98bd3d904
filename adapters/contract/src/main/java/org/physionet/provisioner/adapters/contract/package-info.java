/**
 * The contract tests that every adapter must pass: a kit, run by each adapter's own tests against a world that stands for its cloud. May
 * use the engine's ports, the simulator, JUnit and AssertJ; knows no adapter.
 */
@NullMarked
package org.physionet.provisioner.adapters.contract;

import org.jspecify.annotations.NullMarked;
