package org.physionet.provisioner.worlds.cloud;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Capabilities;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/** What the adapters of both clouds have in common: how a write travels and comes back. */
public abstract class ModelAdapter implements Adapter {
    private static final Duration WRITE_DEADLINE = Duration.ofSeconds(60);

    final Provider provider;
    final Line line;
    final InstantSource clock;

    ModelAdapter(Provider provider, Line line, InstantSource clock) {
        this.provider = provider;
        this.line = line;
        this.clock = clock;
    }

    /**
     * What a write sends: the whole of one document.
     *
     * @param basedOn the version it was made from
     * @param readAt the step at which that was read
     */
    public record Payload(
            String document, long basedOn, long readAt, SortedSet<String> people, SortedSet<String> others) {
        /** No token is sent: whatever is there is overwritten. */
        public static final long WITHOUT_TOKEN = -1;
    }

    /** What an observation remembers: the documents as they were served. */
    record State(SortedMap<String, Document> documents, long readAt) {
        State {
            documents = new TreeMap<>(documents);
        }
    }

    static State state(Observation observation) {
        return (State) observation.state();
    }

    /** What the provider says to a document before it takes it; null: it takes it. */
    abstract Outcome.@Nullable Failure judge(Resource resource, Payload payload, Document now);

    abstract String method(boolean write);

    @Override
    public Outcome write(Resource resource, Write write) {
        Payload payload = (Payload) write.payload();
        Line.Fault fault = line.request(method(true), true, resource.id());
        Outcome outcome;
        if (fault.kind() == Line.Fault.Kind.NOT_DONE) {
            outcome = fault.failure();
        } else {
            Document now = provider.get(resource.id(), payload.document());
            Outcome.Failure refusal = judge(resource, payload, now);
            if (refusal == null) {
                provider.put(resource.id(), payload.document(), payload.people(), payload.others(), line.step());
                line.applied(
                        resource.id(),
                        payload.document(),
                        now,
                        provider.get(resource.id(), payload.document()),
                        payload,
                        write);
            }
            outcome = fault.kind() == Line.Fault.Kind.LOST
                    ? fault.failure()
                    : refusal == null ? new Outcome.Applied() : refusal;
        }
        line.answer();
        line.answered(resource.id(), write, outcome);
        return outcome;
    }

    /** Those of a document that the provider does not know, apart from those it marks as deleted itself. */
    SortedSet<Principal> unknown(Payload payload) {
        SortedSet<Principal> unknown = new TreeSet<>();
        payload.people().stream().filter(id -> !provider.takes(id)).forEach(id -> unknown.add(Identities.of(id)));
        return unknown;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(compareAndSwap(), WRITE_DEADLINE, false, Duration.ZERO, Duration.ZERO, List.of());
    }

    abstract boolean compareAndSwap();

    @Override
    public List<Check> check(Resource resource) {
        return List.of();
    }

    @Override
    public List<String> howTo(Resource resource, Principal principal, @Nullable String place) {
        return List.of();
    }

    @Override
    public Optional<String> diagnose(String errorText) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
