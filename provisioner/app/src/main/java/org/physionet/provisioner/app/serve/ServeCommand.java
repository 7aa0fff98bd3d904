package org.physionet.provisioner.app.serve;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Format;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;

/** {@code serve}: runs on schedule, and answers for its health, until it is told to end. */
@Command(
        name = "serve",
        footer = {
            "  provisioner serve                                       until SIGTERM or Ctrl-C",
            "  curl http://127.0.0.1:8080/health/ready                 what it says of itself",
            "  PROVISIONER_SCHEDULE_RECONCILE=5m provisioner serve     more often than the configuration says"
        })
public final class ServeCommand implements Callable<Integer> {
    /** The queue waits for two minutes at most; then the process goes. */
    private static final Duration LONGEST_END = Duration.ofSeconds(150);

    private final Invocation invocation;

    public ServeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Stop stop = new Stop(invocation.surroundings().clock());
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> end(stop, ended), "serve-stop");
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            String instance = wiring.instance();
            wiring.configuration();
            wiring.store();
            // What every run would stumble over is said now, while whoever starts it looks.
            wiring.clouds();
            try (AutoCloseable only = OnlyService.claim(wiring.storeConfig(), instance);
                    Service service = new Service(invocation, wiring, stop, instance)) {
                java.util.Objects.requireNonNull(only);
                Runtime.getRuntime().addShutdownHook(hook);
                service.start();
                say(service.address().toString());
                stop.await();
                invocation.note("Ending: what is begun is finished, the rest is left to the next run");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new WorkFailed(Problem.of("The service could not end in order: " + e), e);
        } finally {
            ended.countDown();
            forget(hook);
        }
        invocation.note("Ended");
        return Exit.DONE.code();
    }

    /** On a signal: the JVM would report the signal as the exit code, although everything is in order. */
    private void end(Stop stop, CountDownLatch ended) {
        stop.ask();
        boolean inOrder = false;
        try {
            inOrder = ended.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        invocation.surroundings().out().flush();
        invocation.surroundings().err().flush();
        Runtime.getRuntime().halt(inOrder ? Exit.DONE.code() : Exit.FAILED.code());
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is what told us.
        }
    }

    /** One line, also as JSON: whoever starts the service reads a line and goes on. */
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
        invocation.note(
                "Serving at " + address + " (/health/live, /health/ready, /metrics); SIGTERM or Ctrl-C ends it");
    }
}
