package org.physionet.provisioner.simulator.witness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code moto_server}, an AWS that we did not write (facts/aws.md B1). It takes a free port and says which. */
public final class MotoServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern RUNNING = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final URI address;

    private MotoServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Skips the test where it is not installed. */
    public static MotoServer orSkip() throws IOException, InterruptedException {
        return orSkip(Map.of());
    }

    /** The same with AWS's own policies, which take it seconds to load. */
    public static MotoServer withManagedPoliciesOrSkip() throws IOException, InterruptedException {
        return orSkip(Map.of("MOTO_IAM_LOAD_MANAGED_POLICIES", "true"));
    }

    private static MotoServer orSkip(Map<String, String> environment) throws IOException, InterruptedException {
        Installed.orSkip("moto_server");
        ProcessBuilder builder =
                new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0").redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<URI> said = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> listen(process, said));
        try {
            return new MotoServer(process, said.get(START.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            end(process);
            throw new AssertionError("moto_server did not say where it runs", e);
        }
    }

    /** To the end, since a process that nobody listens to stands still. */
    private static void listen(Process process, CompletableFuture<URI> said) {
        StringBuilder text = new StringBuilder();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher running = RUNNING.matcher(line);
                if (running.find()) {
                    said.complete(URI.create(running.group(1)));
                }
                if (!said.isDone()) {
                    text.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.completeExceptionally(new UncheckedIOException(text.toString(), e));
        }
        said.completeExceptionally(new IllegalStateException("it ended: " + text));
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
