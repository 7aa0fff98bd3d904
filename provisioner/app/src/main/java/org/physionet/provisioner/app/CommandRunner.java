package org.physionet.provisioner.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.physionet.provisioner.app.cli.ErrorPrinter;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Surroundings;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Format;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** Builds the command line for the one command that is called, and runs it. */
final class CommandRunner {
    private static final List<String> WITH_VALUE = List.of("-c", "--config", "-o", "--output");
    private static final int USUAL_WIDTH = 100;

    private final Invocation invocation;
    private final ErrorPrinter errors;

    CommandRunner(Surroundings surroundings) {
        invocation = new Invocation(surroundings);
        errors = new ErrorPrinter(invocation);
    }

    int run(List<String> given) {
        Surroundings surroundings = invocation.surroundings();
        try {
            int code = execute(given);
            surroundings.out().flush();
            surroundings.err().flush();
            return code;
        } catch (RuntimeException e) {
            return errors.print(e);
        }
    }

    private int execute(List<String> given) {
        List<String> args = helpAsOption(given);
        Optional<String> called = firstWord(args);
        Optional<CommandName> command = called.flatMap(CommandName::of);
        if (called.isPresent() && command.isEmpty()) {
            throw unknown(called.get());
        }
        CommandLine line = root();
        if (command.isPresent()) {
            line.addSubcommand(command.get().text(), line(command.get(), invocation));
        } else {
            line.getHelpSectionMap().put(CommandSpec.class.getName(), _ -> "");
        }
        configure(line);
        if (command.isEmpty() && args.isEmpty()) {
            line.usage(invocation.surroundings().err(), ansi());
            return Exit.WRONG.code();
        }
        return line.execute(args.toArray(String[]::new));
    }

    /** {@code help X} as {@code X --help}. */
    private static List<String> helpAsOption(List<String> given) {
        if (given.isEmpty() || !given.getFirst().equals("help")) {
            return given;
        }
        List<String> args = new ArrayList<>(given.subList(1, given.size()));
        args.add("--help");
        return args;
    }

    private static Optional<String> firstWord(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (WITH_VALUE.contains(arg)) {
                i++;
            } else if (!arg.startsWith("-")) {
                return Optional.of(arg);
            }
        }
        return Optional.empty();
    }

    private static UsageError unknown(String called) {
        return new UsageError(Problem.of("There is no command \"" + called + "\"")
                .next(Nearest.question(called, CommandName.texts()).orElse("provisioner --help lists the commands")));
    }

    private CommandLine root() {
        CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(invocation.options()));
        CommandSpec spec = line.getCommandSpec().name("provisioner");
        spec.usageMessage()
                .sortOptions(false)
                .description("Makes who can read a dataset in the clouds follow who may, and proves it.")
                .customSynopsis("provisioner COMMAND [OPTIONS]")
                .footer(RootHelp.footer());
        line.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, RootHelp::commands);
        return line;
    }

    /** One command with its parts, each given what it is called with. */
    static CommandLine line(CommandName command, Invocation invocation) {
        CommandLine line = new CommandLine(command.create(invocation), new Parts(invocation));
        if (line.getCommandSpec().usageMessage().description().length == 0) {
            line.getCommandSpec().usageMessage().description(capitalised(command.summary) + ".");
        }
        headExamples(line);
        return line;
    }

    /** Makes the parts of a command that are classes of their own. */
    private record Parts(Invocation invocation) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> part) throws Exception {
            return part.isAnnotationPresent(CommandLine.Command.class)
                    ? part.getConstructor(Invocation.class).newInstance(invocation)
                    : CommandLine.defaultFactory().create(part);
        }
    }

    /** What stands at the foot of a command's help are its examples. */
    private static void headExamples(CommandLine line) {
        CommandLine.Model.UsageMessageSpec help = line.getCommandSpec().usageMessage();
        if (help.footer().length > 0) {
            help.footerHeading("%nExamples:%n");
        }
        line.getSubcommands().values().forEach(CommandRunner::headExamples);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void configure(CommandLine line) {
        Surroundings surroundings = invocation.surroundings();
        int columns = surroundings.terminal().columns();
        line.setUsageHelpWidth(columns == 0 ? USUAL_WIDTH : Math.clamp(columns, 60, 120))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
                .setOut(writer(surroundings.out()))
                .setErr(writer(surroundings.err()))
                .registerConverter(Format.class, CommandRunner::format)
                .setParameterExceptionHandler((e, _) -> errors.print(usage(e)))
                .setExecutionExceptionHandler((e, _, _) -> errors.print(e))
                .setExecutionStrategy(this::runLast);
        versions(line);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static void versions(CommandLine line) {
        IVersionProvider version = () -> new String[] {Version.text()};
        line.getCommandSpec().versionProvider(version);
        line.getSubcommands().values().forEach(CommandRunner::versions);
    }

    /** Picocli hands only what a command throws to the handler; what happens before it is handled here. */
    private int runLast(CommandLine.ParseResult parsed) {
        try {
            return helpOrRun(parsed);
        } catch (CommandLine.PicocliException e) {
            throw e;
        } catch (RuntimeException e) {
            return errors.print(e);
        }
    }

    /** A command that only groups others says which there are. */
    private int helpOrRun(CommandLine.ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandSpec called = parsed.asCommandLineList().getLast().getCommandSpec();
        boolean runs =
                called.userObject() instanceof Callable || called.userObject() instanceof java.lang.reflect.Method;
        if (!runs) {
            // What an execution strategy throws, picocli prints with its stack.
            return errors.print(new UsageError(Problem.of(called.qualifiedName() + " needs a command")
                    .expected(String.join(
                            ", ",
                            new java.util.LinkedHashSet<>(called.subcommands().keySet())))
                    .next(called.qualifiedName() + " --help")));
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static UsageError usage(CommandLine.ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        List<String> close =
                e instanceof CommandLine.UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String next = close.isEmpty() ? command + " --help" : "did you mean " + close.getFirst() + "?";
        return new UsageError(Problem.of(String.valueOf(e.getMessage())).next(next));
    }

    private static Format format(String text) {
        for (Format format : Format.values()) {
            if (format.text().equals(text)) {
                return format;
            }
        }
        throw new CommandLine.TypeConversionException("expected table, json, ndjson or csv, found \"" + text + "\"");
    }

    private Ansi ansi() {
        return invocation.surroundings().terminal().colour() ? Ansi.ON : Ansi.OFF;
    }
}
