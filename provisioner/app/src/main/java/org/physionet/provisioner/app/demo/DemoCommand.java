package org.physionet.provisioner.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: from nothing to proven access, on simulated clouds. */
@Command(
        name = "demo",
        description = {
            "Takes a small fictional site from nothing to proven access, on simulated clouds in this process.",
            "Every proof reads objects and tables as the researchers: those who may, can; those who may not, can not."
        },
        footer = {
            "  provisioner demo",
            "  provisioner demo --dir /tmp/demo      keep the site, to look at it afterwards"
        })
public final class DemoCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Program program;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description = "make the site there and keep it; must be empty or not exist")
    private @Nullable Path dir;

    /** @param program runs another command of this program */
    public DemoCommand(Invocation invocation, Program program) {
        this.invocation = invocation;
        this.program = program;
    }

    @Override
    public Integer call() {
        try {
            Path folder = folder();
            try (DemoClouds clouds = new DemoClouds(invocation.surroundings().clock())) {
                boolean proven = new Story(folder, clouds, invocation, program).tell();
                return proven ? Exit.DONE.code() : Exit.FAILED.code();
            } finally {
                if (dir == null) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The demo could not be set up: " + Unreadable.why(e))
                            .next("check the folder for temporary files, or use --dir"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailed(Problem.of("The demo was interrupted"), e);
        }
    }

    private Path folder() throws IOException {
        if (dir == null) {
            return Files.createTempDirectory("provisioner-demo");
        }
        Path folder = invocation.surroundings().workingFolder().resolve(dir).normalize();
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new UsageError(Problem.of("The folder of --dir is not empty")
                        .at(folder.toString())
                        .expected("an empty folder, or one that does not exist"));
            }
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.walk(folder)) {
            all = inside.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
