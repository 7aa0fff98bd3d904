/** Programs of others as witnesses, for the tests of every adapter; uses the JDK, Jackson, JUnit and AssertJ. */
@NullMarked
package org.physionet.provisioner.simulator.witness;

import org.jspecify.annotations.NullMarked;
