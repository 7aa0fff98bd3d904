package org.physionet.provisioner.simulator.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One legacy list, wherever it is kept.
 *
 * @param kind of one line in the API
 * @param ofBucket whether it is a bucket's own, which is kept as the legacy roles of its policy
 * @param entries as they are now
 */
record AccessControls(
        GoogleState state,
        Bucket bucket,
        String kind,
        boolean ofBucket,
        List<AclEntry> entries,
        Consumer<List<AclEntry>> keep) {
    private static final Map<String, String> ROLES = Map.of(
            "roles/storage.legacyBucketReader", "READER",
            "roles/storage.legacyBucketWriter", "WRITER",
            "roles/storage.legacyBucketOwner", "OWNER");

    static AccessControls ofBucket(GoogleState state, Bucket bucket) {
        List<AclEntry> entries = new ArrayList<>();
        for (Binding binding : bucket.policy.stored().bindings()) {
            String role = ROLES.get(binding.role());
            if (role != null) {
                binding.members().forEach(member -> entries.add(new AclEntry(AclEntry.entity(state, member), role)));
            }
        }
        return new AccessControls(state, bucket, "storage#bucketAccessControl", true, entries, kept -> {});
    }

    static AccessControls ofNewObjects(GoogleState state, Bucket bucket) {
        return new AccessControls(
                state,
                bucket,
                "storage#objectAccessControl",
                false,
                bucket.defaultObjectAcl,
                kept -> bucket.defaultObjectAcl = kept);
    }

    /** @throws GoogleError 404 if there is no such object */
    static AccessControls ofObject(GoogleState state, Bucket bucket, String name) {
        StoredObject object = bucket.objects.get(name);
        if (object == null) {
            throw GoogleError.notFound("No such object: " + bucket.name + "/" + name);
        }
        return new AccessControls(
                state,
                bucket,
                "storage#objectAccessControl",
                false,
                object.acl(),
                kept -> bucket.objects.put(name, object.withAcl(kept)));
    }

    /** One entity has one line; a bucket's may have one for each role, as its policy has. */
    void put(AclEntry entry, Member member) {
        if (ofBucket) {
            List<Binding> bindings = without(entry.entity());
            bindings.add(Binding.of(role(entry), member));
            write(bindings);
            return;
        }
        List<AclEntry> next = new ArrayList<>(entries);
        next.removeIf(other -> other.entity().equals(entry.entity()));
        next.add(entry);
        keep.accept(List.copyOf(next));
        bucket.touch(state.stamp());
    }

    void remove(AclEntry entry) {
        if (ofBucket) {
            write(without(entry.entity()));
            return;
        }
        keep.accept(entries.stream().filter(other -> !other.equals(entry)).toList());
        bucket.touch(state.stamp());
    }

    private static String role(AclEntry entry) {
        return ROLES.entrySet().stream()
                .filter(role -> role.getValue().equals(entry.role()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private List<Binding> without(String entity) {
        List<Binding> bindings = new ArrayList<>();
        for (Binding binding : bucket.policy.stored().bindings()) {
            List<Member> members = binding.members().stream()
                    .filter(member -> !ROLES.containsKey(binding.role())
                            || !AclEntry.entity(state, member).equals(entity))
                    .toList();
            if (!members.isEmpty()) {
                bindings.add(new Binding(binding.role(), members, binding.condition()));
            }
        }
        return bindings;
    }

    private void write(List<Binding> bindings) {
        Policy next = PolicyRules.merged(Policy.of(bindings));
        bucket.policy.write(next, state.now(), state.switches.policy());
        bucket.touch(state.stamp());
    }
}
