package org.physionet.provisioner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Surroundings;
import picocli.CommandLine;

/** What the commands say of themselves. A list of commands shows the first line of each. */
class HelpTest {
    private static final Pattern SENTENCE = Pattern.compile("[A-Z](?:(?![.!?] [A-Z]).)*\\.");

    @Test
    void everyCommandBeginsWithOneWholeSentenceAndCutsNone() {
        Invocation invocation = new Invocation(Surroundings.ofProcess());
        List<String> first = new ArrayList<>();
        List<String> cut = new ArrayList<>();
        for (CommandName name : CommandName.values()) {
            collect(CommandRunner.line(name, invocation), first, cut);
        }
        assertThat(first)
                .hasSizeGreaterThan(50)
                .allMatch(text -> SENTENCE.matcher(text).matches());
        assertThat(cut).isEmpty();
    }

    private static void collect(CommandLine line, List<String> first, List<String> cut) {
        String[] description = line.getCommandSpec().usageMessage().description();
        if (description.length > 0) {
            first.add(description[0]);
            Arrays.stream(description)
                    .limit(description.length - 1)
                    .filter(text -> !text.endsWith("."))
                    .forEach(cut::add);
        }
        line.getSubcommands().values().forEach(part -> collect(part, first, cut));
    }
}
