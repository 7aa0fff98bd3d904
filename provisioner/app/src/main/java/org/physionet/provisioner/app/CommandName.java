package org.physionet.provisioner.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.command.SchemaCommand;

/**
 * The table of commands. Only the command that is called is loaded, so that a start costs the same however many there are.
 */
enum CommandName {
    SCHEMA(Group.OPERATE, "print the JSON Schema of an output");

    /** How the list of commands is divided. */
    enum Group {
        DECIDE("Who may, and why"),
        CHANGE("Make it so"),
        RECORD("What was done"),
        OPERATE("Run the program");

        final String heading;

        Group(String heading) {
            this.heading = heading;
        }
    }

    final Group group;
    final String summary;

    CommandName(Group group, String summary) {
        this.group = group;
        this.summary = summary;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CommandName> of(String text) {
        return Arrays.stream(values()).filter(c -> c.text().equals(text)).findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(CommandName::text).toList();
    }

    /** A new command object, annotated for picocli. */
    Object create(Invocation invocation) {
        return switch (this) {
            case SCHEMA -> new SchemaCommand(invocation);
        };
    }
}
