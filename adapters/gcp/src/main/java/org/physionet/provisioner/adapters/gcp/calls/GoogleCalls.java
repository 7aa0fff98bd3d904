package org.physionet.provisioner.adapters.gcp.calls;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.physionet.provisioner.engine.adapter.Canary.Reading;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Outcome.Applied;
import org.physionet.provisioner.engine.adapter.Outcome.Failure;
import org.physionet.provisioner.engine.adapter.Write;

/** Makes one call with Google's clients and says what came of it; nothing that Google or the network does is thrown. */
public final class GoogleCalls {
    private final GoogleClients clients;
    private final InstantSource clock;
    private final GoogleFailures failures;
    private final GroupFailures groupFailures;

    public GoogleCalls(GoogleClients clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
        this.failures = new GoogleFailures(clock);
        this.groupFailures = new GroupFailures(failures);
    }

    /** One call with the clients, and the use of its answer: what it throws is the provider's doing. */
    @FunctionalInterface
    public interface Call<T> {
        T make(GoogleClients clients) throws IOException;
    }

    /** What a read came to. */
    public sealed interface Answer<T> {
        record Got<T>(T value) implements Answer<T> {}

        record Failed<T>(Failure why) implements Answer<T> {}
    }

    /** Google's client reads an answer by recursion: one that is nested too deep for the stack is malformed, not the end of the run. */
    private <T> T made(Call<T> call) throws IOException {
        try {
            return call.make(clients);
        } catch (StackOverflowError e) {
            throw new IOException("the answer is nested too deep to be read", e);
        }
    }

    /** A malformed answer counts as none. */
    public <T> Answer<T> read(Call<T> call) {
        try {
            return new Answer.Got<>(made(call));
        } catch (IOException | RuntimeException e) {
            return new Answer.Failed<>(failures.ofRead(e));
        }
    }

    /** One attempt to read data, for a canary. */
    public Reading asReader(Call<?> call) {
        try {
            made(call);
            return new Reading.Allowed();
        } catch (IOException | RuntimeException e) {
            return failures.isRefusal(e)
                    ? new Reading.Refused()
                    : new Reading.Unclear(failures.ofRead(e).reason());
        }
    }

    /** A malformed answer leaves open whether it was done. */
    public Outcome write(Write write, Call<?> call) {
        try {
            made(call);
            return new Applied();
        } catch (IOException | RuntimeException e) {
            return failures.ofWrite(e, write);
        }
    }

    /** The same, with the refusals of groups. */
    public Outcome group(Call<?> call, BiFunction<GroupFailures, Exception, Outcome> meaning) {
        try {
            made(call);
            return new Applied();
        } catch (IOException | RuntimeException e) {
            return meaning.apply(groupFailures, e);
        }
    }

    public Instant now() {
        return clock.instant();
    }
}
