package org.physionet.provisioner.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schema NAME}. */
@Command(
        name = "schema",
        footer = {
            "  provisioner schema                 the names",
            "  provisioner schema eligibility     the schema of one line of eligibility --output ndjson"
        })
public final class SchemaCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "an output; without it the names are listed")
    private @Nullable String name;

    public SchemaCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        List<String> names = read("/schemas/index.txt").lines().toList();
        if (name == null) {
            names.forEach(invocation.surroundings().out()::println);
        } else if (names.contains(name)) {
            invocation.surroundings().out().print(read("/schemas/" + name + ".json"));
        } else {
            throw new UsageError(Problem.of("There is no schema \"" + name + "\"")
                    .expected(String.join(", ", names))
                    .next(Nearest.question(name, names).orElse(null)));
        }
        return Exit.DONE.code();
    }

    private static String read(String path) {
        try (InputStream in = SchemaCommand.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new WorkFailed(
                        Problem.of("The program's jar lacks " + path).next("install it again"), null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new WorkFailed(Problem.of("The program's jar can not be read: " + e.getMessage()), e);
        }
    }
}
