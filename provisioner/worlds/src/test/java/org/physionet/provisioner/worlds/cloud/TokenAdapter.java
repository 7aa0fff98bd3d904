package org.physionet.provisioner.worlds.cloud;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;

/**
 * Google's way (facts/gcp.md 2): one policy with a token; refused whole for one member that does not exist, a deleted one
 * is shown with its mark and may be carried over; addresses come back in another case; {@code bq} names no culprit.
 */
public final class TokenAdapter extends ModelAdapter {
    /** Entries that a policy may have in worlds. */
    public static final int LIMIT = 60;

    private static final String POLICY = "policy";

    public TokenAdapter(Provider provider, Line line, InstantSource clock) {
        super(provider, line, clock);
    }

    @Override
    boolean compareAndSwap() {
        return true;
    }

    @Override
    String method(boolean write) {
        return write ? "token.setPolicy" : "token.getPolicy";
    }

    @Override
    public Observed observe(Resource resource, Places places) {
        Line.Fault fault = line.request(method(false), false, resource.id());
        if (fault.failure() != null) {
            line.answer();
            return new Observed.NotSeen(fault.failure());
        }
        Document now = provider.get(resource.id(), POLICY);
        long readAt = line.step();
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        for (String id : now.people().keySet()) {
            boolean dead = provider.isDeleted(id);
            String spelling = dead
                    ? "deleted:user:" + id + "?uid=1"
                    : "user:" + id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
            Principal principal = Identities.of(id);
            owned.put(principal, new LiveEdge(principal, spelling, null, dead, POLICY));
        }
        line.served(
                resource.id(),
                new TreeMap<>(Map.of(POLICY, now.version())),
                new TreeSet<>(now.people().keySet()),
                false);
        line.answer();
        return new Observed.Seen(new Observation(
                resource.id(),
                clock.instant(),
                owned,
                List.of(),
                false,
                new TreeSet<>(List.of(POLICY)),
                Map.of(method(false), 1),
                new State(new TreeMap<>(Map.of(POLICY, now)), readAt)));
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target, Places places) {
        Document now = state(observation).documents().get(POLICY);
        SortedSet<Principal> grants = new TreeSet<>(target.edges().keySet());
        grants.removeAll(observation.owned().keySet());
        SortedSet<Principal> revokes = new TreeSet<>(observation.owned().keySet());
        revokes.removeAll(target.edges().keySet());
        if (grants.isEmpty() && revokes.isEmpty()) {
            return new Rendering(List.of(), new TreeMap<>(), List.of());
        }
        SortedSet<String> people = new TreeSet<>();
        target.edges().keySet().forEach(p -> people.add(Identities.id(p)));
        return new Rendering(
                List.of(new Write(
                        POLICY,
                        grants,
                        revokes,
                        Map.of(method(true), 1),
                        people.size(),
                        new Payload(POLICY, now.version(), state(observation).readAt(), people, now.others()))),
                new TreeMap<>(),
                List.of());
    }

    @Override
    Outcome.@Nullable Failure judge(Resource resource, Payload payload, Document now) {
        if (payload.basedOn() != now.version() && payload.basedOn() != Payload.WITHOUT_TOKEN) {
            return new Outcome.Conflict("the policy was changed meanwhile");
        }
        SortedSet<Principal> bad = unknown(payload);
        bad.removeIf(p -> provider.isDeleted(Identities.id(p))
                && now.people().containsKey(Identities.id(p))
                && shownAsDeleted(payload, Identities.id(p)));
        if (bad.isEmpty()) {
            return null;
        }
        boolean named = resource.id().scheme().equals("gs");
        SortedSet<Principal> culprits = new TreeSet<>();
        if (named) {
            culprits.add(bad.first());
        }
        return new Outcome.Rejected(culprits, named ? bad.first() + " does not exist" : "a member does not exist");
    }

    /** Carried over in the form with the mark: it was deleted before the policy was read. */
    private boolean shownAsDeleted(Payload payload, String id) {
        return provider.deletedAt(id) <= payload.readAt();
    }
}
