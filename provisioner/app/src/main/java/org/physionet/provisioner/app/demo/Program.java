package org.physionet.provisioner.app.demo;

import java.util.List;
import org.physionet.provisioner.app.cli.Surroundings;

/** This program, to run another of its commands as a person would. */
@FunctionalInterface
public interface Program {
    /** @return the exit code */
    int run(List<String> args, Surroundings surroundings);
}
