package org.physionet.provisioner.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Bounded;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.config.Durations;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Format;
import org.physionet.provisioner.simulator.Fault;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.SimulatorServer;
import org.physionet.provisioner.simulator.StateFile;
import org.physionet.provisioner.simulator.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: the simulated clouds on one loopback port, until a signal. */
@Command(
        name = "simulate",
        description = {
            "Serves simulated clouds on one loopback port: Google Cloud Storage, BigQuery, S3, S3 Control, IAM, STS.",
            "gcp.endpoint and aws.endpoint both take the address that is printed. Ends with Ctrl-C or SIGTERM."
        },
        footer = {
            "  provisioner simulate --port 4566 --state world.json",
            "  provisioner simulate --port 0 --accounts strict --latency 80ms --faults faults.json"
        })
public final class SimulateCommand implements Callable<Integer> {
    /** Bytes. */
    private static final int LARGEST_FAULTS = 16 << 20;

    private static final long LARGEST_STATE = 1L << 30;

    private final Invocation invocation;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "loopback port; 0: any (default)")
    private int port;

    @Option(
            names = "--account",
            paramLabel = "ID",
            defaultValue = "111122223333",
            description = "the AWS account that key test/test administers (default: 111122223333)")
    private String account = "";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "of everything random (default: 0)")
    private long seed;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "load the world from FILE if it is there, save it at the end")
    private @Nullable Path state;

    @Option(
            names = "--accounts",
            paramLabel = "open|strict",
            defaultValue = "open",
            description = "which principals exist: every well-formed one, or only those of the state (default: open)")
    private World.Accounts accounts = World.Accounts.OPEN;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "0ms",
            description = "added to every call, e.g. 80ms")
    private String latency = "";

    @Option(names = "--faults", paramLabel = "FILE", description = "faults to inject from the start, JSON")
    private @Nullable Path faults;

    public SimulateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Simulator simulator = new Simulator(options());
        StateFile file = state == null ? null : new StateFile(resolve(state));
        if (file != null) {
            load(simulator, file);
        }
        SimulatorServer server = start(simulator);
        // The hook runs on SIGINT and SIGTERM; the main thread is then gone for good.
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, file), "simulator-stop"));
        say(server.address().toString());
        invocation.note("Simulated clouds at " + server.address() + "; control calls under /_simulator/; Ctrl-C ends it"
                + (state == null ? "" : " and saves " + state));
        try {
            never.await();
        } catch (InterruptedException e) {
            stop(server, file);
        }
        return Exit.DONE.code();
    }

    /** One line, also as JSON: whoever starts the simulator reads a line and goes on. */
    private void say(String address) {
        Answer asked = invocation.answer();
        Answer answer = new Answer(
                asked.format() == Format.JSON ? Format.NDJSON : asked.format(),
                asked.out(),
                asked.columns(),
                asked.paint());
        answer.document(
                new Fields().text("address", address),
                out -> out.println(address),
                csv -> csv.out().println(address));
        asked.out().flush();
    }

    private void stop(SimulatorServer server, @Nullable StateFile file) {
        server.close();
        if (file != null) {
            try {
                file.save(server.simulator());
            } catch (IOException e) {
                invocation
                        .surroundings()
                        .err()
                        .println("provisioner: the world could not be saved: " + Unreadable.why(e));
                invocation.surroundings().err().flush();
            }
        }
    }

    private SimulatorOptions options() {
        Duration each = Durations.parse(latency)
                .orElseThrow(() -> new UsageError(Problem.of("The value of --latency can not be understood")
                        .expected("a time such as 80ms")
                        .found("\"" + latency + "\"")));
        try {
            return SimulatorOptions.defaults()
                    .withAwsAccount(account)
                    .withSeed(seed)
                    .withAccounts(accounts)
                    .withLatency(each)
                    .withFaults(readFaults())
                    .withClock(invocation.surroundings().clock());
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of(String.valueOf(e.getMessage())));
        }
    }

    private List<Fault> readFaults() {
        if (faults == null) {
            return List.of();
        }
        try {
            return Fault.list(new ObjectMapper().readTree(Bounded.bytes(resolve(faults), LARGEST_FAULTS)));
        } catch (IOException e) {
            throw new UsageError(Problem.of("The file of --faults can not be read: " + Unreadable.why(e))
                    .at(faults.toString()));
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of("The file of --faults is wrong: " + e.getMessage())
                    .at(faults.toString()));
        }
    }

    private void load(Simulator simulator, StateFile file) {
        try {
            Path named = resolve(java.util.Objects.requireNonNull(state));
            if (Files.exists(named)) {
                Bounded.requireSize(named, LARGEST_STATE);
            }
            if (!file.loadInto(simulator)) {
                invocation.note("There is no " + state + " yet: the world begins empty");
            }
        } catch (IllegalArgumentException e) {
            throw new UsageError(
                    Problem.of("The state is wrong: " + e.getMessage()).at(String.valueOf(state)));
        } catch (IOException e) {
            throw new UsageError(Problem.of("The state can not be read: " + Unreadable.why(e))
                    .at(String.valueOf(state)));
        }
    }

    private SimulatorServer start(Simulator simulator) {
        try {
            return SimulatorServer.start(simulator, port);
        } catch (IOException | IllegalArgumentException e) {
            throw new WorkFailed(
                    Problem.of("The simulator can not listen on port " + port + ": " + e.getMessage())
                            .next("choose another port, or 0 for any"),
                    e);
        }
    }

    private Path resolve(Path path) {
        return invocation.surroundings().workingFolder().resolve(path);
    }
}
