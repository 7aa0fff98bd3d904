package org.physionet.provisioner.engine.reconcile;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.store.RecordView;

/**
 * Other names under which providers show an account, e.g. its ARN in place of its unique id: an entry is compared by the
 * canonical principal, whatever it is called when it is read back ({@link IdentityKind#alsoShownAs}).
 *
 * @param canonical other name → canonical principal
 * @param names the same the other way round
 */
record Aliases(Map<Principal, Principal> canonical, Map<Principal, SortedSet<Principal>> names) {
    static final Aliases NONE = new Aliases(Map.of());

    private Aliases(Map<Principal, Principal> canonical) {
        this(canonical, inverted(canonical));
    }

    private static Map<Principal, SortedSet<Principal>> inverted(Map<Principal, Principal> canonical) {
        Map<Principal, SortedSet<Principal>> names = new HashMap<>();
        canonical.forEach(
                (shown, own) -> names.computeIfAbsent(own, p -> new TreeSet<>()).add(shown));
        return names;
    }

    /** What the source says, and for accounts that it no longer has, or cannot be asked about, what the record knows. */
    static Aliases of(SourceReading reading, Collection<IdentityKind> kinds, RecordView record) {
        Map<Principal, Principal> canonical = new HashMap<>(record.otherNames());
        canonical.putAll(inSource(reading, kinds));
        return canonical.isEmpty() ? NONE : new Aliases(canonical);
    }

    /** Name shown → principal, of every usable account of a readable source. */
    static Map<Principal, Principal> inSource(SourceReading reading, Collection<IdentityKind> kinds) {
        if (!(reading instanceof SourceReading.Read read)) {
            return Map.of();
        }
        Map<Principal, Principal> canonical = new HashMap<>();
        for (Researcher person : read.snapshot().researchers().values()) {
            for (CloudAccount account : person.accounts()) {
                kinds.stream()
                        .filter(kind -> account.usable() && kind.kind().equals(account.kind()))
                        .forEach(kind -> add(kind, account, canonical));
            }
        }
        return canonical;
    }

    private static void add(IdentityKind kind, CloudAccount account, Map<Principal, Principal> canonical) {
        try {
            Principal own = kind.principal(account);
            kind.alsoShownAs(account).forEach(shown -> canonical.putIfAbsent(shown, own));
        } catch (IllegalArgumentException e) {
            // An account that can not be a principal has no other names either; Links reports it.
            return;
        }
    }

    /** The target with the other names of those who are in it. */
    Target name(Target target) {
        SortedMap<Principal, SortedSet<Principal>> own = new TreeMap<>();
        target.edges().keySet().forEach(principal -> {
            SortedSet<Principal> shown = names.get(principal);
            if (shown != null) {
                own.put(principal, shown);
            }
        });
        return own.isEmpty() ? target : target.named(own);
    }

    Observed apply(Observed observed) {
        return canonical.isEmpty() || !(observed instanceof Observed.Seen seen)
                ? observed
                : new Observed.Seen(apply(seen.observation()));
    }

    private Observation apply(Observation o) {
        if (o.owned().keySet().stream().noneMatch(canonical::containsKey)) {
            return o;
        }
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        for (LiveEdge live : o.owned().values()) {
            Principal own = canonical.getOrDefault(live.principal(), live.principal());
            owned.merge(own, live.of(own), (one, other) -> other.earlier() ? one : other);
        }
        return o.with(owned);
    }
}
