package org.physionet.provisioner.simulator.gcp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Making and ending groups, for all the APIs that can. */
final class Groups {
    private Groups() {}

    /** The address must be free and well-formed. */
    static Group create(GoogleState state, String email, String name, String description) {
        long write = state.nextWrite();
        byte[] seed = (email + "#" + write).getBytes(StandardCharsets.UTF_8);
        String id = new BigInteger(1, Hashes.sha256(seed)).toString(36).substring(0, 15);
        Group group = new Group(
                email,
                id,
                name.isEmpty() ? email.substring(0, email.indexOf('@')) : name,
                description,
                state.now().plus(state.switches.newGroup()));
        state.groups.put(group.key(), group);
        return group;
    }

    /** Policies go on naming it, as deleted. */
    static void delete(GoogleState state, Group group) {
        state.groups.remove(group.key());
        Member named = Member.of(Member.Kind.GROUP, group.email);
        state.rewriteMembers(member -> member.key().equals(named.key()) ? member.deleted(group.id) : member);
        state.groups
                .values()
                .forEach(other -> other.member(group.email)
                        .ifPresent(membership -> new GroupMembers(state, other).remove(membership)));
    }

    static boolean free(GoogleState state, String email) {
        return !state.groups.containsKey(Addresses.key(email))
                && state.accounts.named(email).isEmpty();
    }
}
