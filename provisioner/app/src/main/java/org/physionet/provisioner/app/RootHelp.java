package org.physionet.provisioner.app;

import java.util.Arrays;
import picocli.CommandLine;

/** The list of commands and the examples at the foot of {@code provisioner --help}. */
final class RootHelp {
    private RootHelp() {}

    static String commands(CommandLine.Help help) {
        StringBuilder text = new StringBuilder();
        for (CommandName.Group group : CommandName.Group.values()) {
            text.append("%n%s:%n".formatted(group.heading));
            Arrays.stream(CommandName.values())
                    .filter(c -> c.group == group)
                    .forEach(c -> text.append("  %-12s %s%n".formatted(c.text(), c.summary)));
        }
        return text.toString();
    }

    static String[] footer() {
        return new String[] {
            "",
            "Examples:",
            "  provisioner doctor                               checks everything and says what to fix",
            "  provisioner explain ada@example.org mimiciv/3.1  why, or why not",
            "  provisioner plan && provisioner run              look, then do",
            "",
            "provisioner COMMAND --help says more about a command."
        };
    }
}
