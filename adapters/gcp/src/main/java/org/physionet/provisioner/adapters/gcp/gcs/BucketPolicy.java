package org.physionet.provisioner.adapters.gcp.gcs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.policy.Addition;
import org.physionet.provisioner.adapters.gcp.policy.Entry;
import org.physionet.provisioner.adapters.gcp.policy.Entry.Form;
import org.physionet.provisioner.adapters.gcp.policy.Lease;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;

/**
 * A bucket's IAM policy, read and written with version 3, so that conditions survive (facts/gcp.md 1).
 *
 * <p>After a change everything else keeps its spelling and its place, but for what the provider forces: it returns
 * duplicates and empty bindings and refuses to take them back (facts/gcp.md 2, row 9), and bindings of one role and
 * condition are one to it.
 *
 * @param etag never absent: a write without it would overwrite blindly (facts/gcp.md 2, row 5)
 */
record BucketPolicy(String etag, List<Binding> bindings) implements MemberPolicy {
    static final int VERSION = 3;

    BucketPolicy {
        if (etag.isEmpty()) {
            throw new IllegalArgumentException("bucket policy: expected an etag, found none");
        }
        bindings = List.copyOf(bindings);
    }

    @Override
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Binding binding : bindings) {
            binding.members().forEach(member -> entries.add(entry(binding, member)));
        }
        return entries;
    }

    private static Entry entry(Binding binding, String member) {
        Form form = form(binding);
        return new Entry(
                member,
                form,
                form == Form.LEASE ? end(binding.condition()) : null,
                true,
                member + " as " + binding.role() + describe(binding.condition()),
                StorageRoles.mayRead(binding.role()) && !member.startsWith("deleted:"));
    }

    private static Form form(Binding binding) {
        if (!binding.role().equals(StorageRoles.READER)) {
            return Form.OTHER;
        }
        Binding.Condition condition = binding.condition();
        return condition == null ? Form.PLAIN : Lease.form(condition.title(), condition.expression());
    }

    private static @Nullable Instant end(Binding.@Nullable Condition condition) {
        return condition == null ? null : Lease.end(condition.expression()).orElse(null);
    }

    private static String describe(Binding.@Nullable Condition condition) {
        if (condition == null) {
            return "";
        }
        String name = condition.title() != null ? condition.title() : condition.expression();
        return " if \"" + name + "\"";
    }

    @Override
    public BucketPolicy with(BitSet dropped, List<Addition> added) {
        Map<Object, Binding> forms = new LinkedHashMap<>();
        Map<Object, Set<String>> members = new LinkedHashMap<>();
        int position = 0;
        for (Binding binding : bindings) {
            forms.putIfAbsent(key(binding), binding);
            Set<String> into = members.computeIfAbsent(key(binding), form -> new LinkedHashSet<>());
            for (String member : binding.members()) {
                if (!dropped.get(position++)) {
                    into.add(member);
                }
            }
        }
        for (Addition addition : added) {
            Binding binding = binding(addition);
            forms.putIfAbsent(key(binding), binding);
            members.computeIfAbsent(key(binding), form -> new LinkedHashSet<>()).add(addition.member());
        }
        List<Binding> after = new ArrayList<>();
        forms.forEach(
                (key, binding) -> after.add(binding.withMembers(List.copyOf(members.getOrDefault(key, Set.of())))));
        after.removeIf(binding -> binding.members().isEmpty());
        return new BucketPolicy(etag, after);
    }

    /** Two leases with one end are one binding, however their conditions are spelled. */
    private static Object key(Binding binding) {
        return form(binding) == Form.LEASE
                ? List.of(Form.LEASE, String.valueOf(end(binding.condition())))
                : binding.withMembers(List.of());
    }

    private static Binding binding(Addition addition) {
        Instant end = addition.leaseEnd();
        if (end == null) {
            return new Binding(StorageRoles.READER, List.of(), null);
        }
        Lease lease = new Lease(end);
        return new Binding(
                StorageRoles.READER, List.of(), new Binding.Condition(lease.title(), null, lease.expression()));
    }

    @Override
    public long bytes() {
        return PolicyWire.body(this).length;
    }
}
