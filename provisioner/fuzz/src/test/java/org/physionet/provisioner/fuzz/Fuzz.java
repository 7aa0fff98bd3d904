package org.physionet.provisioner.fuzz;

import com.code_intelligence.jazzer.api.BugDetectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.physionet.provisioner.fuzz.inputs.Target;
import org.physionet.provisioner.fuzz.inputs.Targets;

/** What Jazzer calls. The system property {@code fuzz.target} names a target; without it the first byte of an input chooses among all. */
public final class Fuzz {
    private static final List<Target> TARGETS = new ArrayList<>();

    private Fuzz() {}

    /** Called once, before the first input. */
    public static void fuzzerInitialize() throws Exception {
        // Providers are played on this machine.
        BugDetectors.allowNetworkConnections((host, port) -> true);
        String one = System.getProperty("fuzz.target", "");
        for (String name : one.isEmpty() ? Targets.names() : List.of(one)) {
            TARGETS.add(Targets.named(name));
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (TARGETS.size() == 1) {
            TARGETS.getFirst().feed(input);
        } else if (input.length > 0) {
            TARGETS.get(Math.floorMod(input[0], TARGETS.size())).feed(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
