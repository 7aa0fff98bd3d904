package org.physionet.provisioner.fuzz.inputs;

/** A kind of input. What a parser may do with it is decided in here: whatever {@link #feed} throws is a finding. */
@FunctionalInterface
public interface Target {
    void feed(byte[] input) throws Exception;
}
