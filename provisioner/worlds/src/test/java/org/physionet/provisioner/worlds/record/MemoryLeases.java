package org.physionet.provisioner.worlds.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.LeaseLostException;

/** Who may write where. */
final class MemoryLeases {
    private static final String FREE = "";

    private final Map<String, Lease> leases = new HashMap<>();

    Optional<Lease> acquire(String name, String owner, Duration term, Instant now) {
        Lease held = leases.get(name);
        boolean own = held != null && held.owner().equals(owner);
        if (held != null && !own && held.expiresAt().isAfter(now)) {
            return Optional.empty();
        }
        long token = held == null ? 1 : own ? held.token() : held.token() + 1;
        Instant abandoned = held == null ? null : own || held.owner().isEmpty() ? held.abandonedAt() : held.expiresAt();
        Lease lease = new Lease(name, owner, token, now.plus(term), abandoned);
        leases.put(name, lease);
        return Optional.of(lease);
    }

    Map<String, Lease> vacant(Collection<String> names, Instant ranOut) {
        Map<String, Lease> vacant = new HashMap<>();
        for (String name : names) {
            Lease held = leases.getOrDefault(name, new Lease(name, FREE, 0, Instant.EPOCH));
            if (!held.owner().isEmpty() && !held.expiresAt().isAfter(ranOut)) {
                held = new Lease(name, FREE, held.token() + 1, Instant.EPOCH, held.expiresAt());
            }
            leases.put(name, held);
            if (held.owner().isEmpty()) {
                vacant.put(name, held);
            }
        }
        return vacant;
    }

    Optional<Lease> of(String name, Instant now) {
        return Optional.ofNullable(leases.get(name))
                .filter(l -> !l.owner().isEmpty() && l.expiresAt().isAfter(now));
    }

    /** Every lease, also free ones. */
    List<Lease> all() {
        return List.copyOf(leases.values());
    }

    void release(Lease lease) {
        if (holds(lease)) {
            Lease held = java.util.Objects.requireNonNull(leases.get(lease.name()));
            leases.put(lease.name(), new Lease(lease.name(), FREE, lease.token(), Instant.EPOCH, held.abandonedAt()));
        }
    }

    boolean holds(@Nullable Lease lease) {
        Lease held = lease == null ? null : leases.get(lease.name());
        return lease == null || held != null && held.owner().equals(lease.owner()) && held.token() == lease.token();
    }

    void requireHeld(@Nullable Lease lease) {
        if (lease != null && !holds(lease)) {
            throw new LeaseLostException(lease);
        }
    }
}
