package org.physionet.provisioner.adapters.gcp.directory;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.Layout;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.GroupFailures;
import org.physionet.provisioner.adapters.gcp.directory.GroupSeen.Membership;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.adapters.gcp.members.Standing;
import org.physionet.provisioner.adapters.gcp.policy.Door;
import org.physionet.provisioner.adapters.gcp.policy.LeaseRule;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;

/**
 * The {@code group} layout over the wire. Memberships have no token and need none: each is an operation of its own, and
 * a second one of the same kind changes nothing. The policy is guarded by its own token.
 *
 * <p>Whoever is a member is listed; {@code hasMember} is never asked, since it fails for other domains (facts/gcp.md 2,
 * row 15).
 */
public final class ThroughGroup implements Layout {
    private static final String OPTION = "group";

    private final GoogleCalls calls;
    private final Door door;
    private final GroupsApi api;
    private final LeaseRule leases;

    /** Whose group is kept by us and whose policy by others (facts/gcp.md 5): found out by the first refusal. */
    private final Set<ResourceId> readOnlyPolicies = ConcurrentHashMap.newKeySet();

    private ThroughGroup(GoogleCalls calls, Door door, GroupsApi api, LeaseRule leases) {
        this.calls = calls;
        this.door = door;
        this.api = api;
        this.leases = leases;
    }

    public static ThroughGroup byDirectory(GoogleCalls calls, Door door, LeaseRule leases) {
        return new ThroughGroup(calls, door, new DirectoryApi(), leases);
    }

    /** @param customer that new groups belong to, {@code customers/C…}; null: the caller's */
    public static ThroughGroup byCloudIdentity(
            GoogleCalls calls, Door door, LeaseRule leases, @Nullable String customer) {
        return new ThroughGroup(calls, door, new CloudIdentityApi(customer), leases);
    }

    static String address(Resource resource) {
        String address = resource.options().get(OPTION);
        if (address == null) {
            throw new IllegalArgumentException(resource.id() + ": layout group without the key group");
        }
        return address;
    }

    private static Migration migration(Resource resource) {
        return Migration.of(resource.options().get(Migration.KEY)).orElse(Migration.NONE);
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        Map<String, Integer> made = new TreeMap<>(door.readCalls());
        Answer<GroupSeen> answer = calls.read(google -> {
            MemberPolicy policy = door.read(google, resource);
            return read(google, resource, policy, at, made);
        });
        return switch (answer) {
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
            case Answer.Got(GroupSeen group) -> new Observed.Seen(observation(resource, at, group, made));
        };
    }

    private GroupSeen read(
            GoogleClients google, Resource resource, MemberPolicy policy, Instant at, Map<String, Integer> made)
            throws IOException {
        SortedMap<Principal, Standing.Place> direct = migration(resource) == Migration.NONE
                ? new TreeMap<>()
                : Standing.in(policy, at).people();
        GroupsApi.Listed listed;
        try {
            listed = api.list(google, address(resource));
        } catch (IOException e) {
            if (!GroupFailures.isNoGroup(e)) {
                throw e;
            }
            made.put(api instanceof DirectoryApi ? "directory.members.list" : "cloudidentity.groups.lookup", 1);
            GroupRef none = new GroupRef(address(resource), null);
            return new GroupSeen(none, false, null, new TreeMap<>(), List.of(), api.ends(), policy, direct);
        }
        made.putAll(listed.calls());
        made.put(SettingsApi.GET, 1);
        if (api.restricts()) {
            made.put(NoNesting.GET, 1);
        }
        SortedMap<Principal, Membership> people = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (GroupsApi.Listing member : listed.members()) {
            if (member.person()) {
                Membership one = new Membership(List.of(member.id()), member.address(), member.end(), member.joined());
                people.merge(GooglePrincipals.ofAddress(member.address()), one, Membership::and);
            } else {
                others.add(member.text());
            }
        }
        if (migration(resource) == Migration.FINISH && !Collections.disjoint(direct.keySet(), people.keySet())) {
            new JoinTimes(google, address(resource)).into(people, made);
        }
        return new GroupSeen(
                listed.group(),
                true,
                differences(google, listed.group(), api.restricts()),
                people,
                others,
                api.ends(),
                policy,
                direct);
    }

    /** Null: they can not be read, which is {@link #check}'s to say; whoever is in the group is known all the same. */
    private static @Nullable List<String> differences(GoogleClients google, GroupRef group, boolean restricted) {
        try {
            List<String> all = new ArrayList<>(GroupSettings.differences(SettingsApi.read(google, group.address())));
            if (restricted) {
                NoNesting.difference(google, CloudIdentityApi.name(google, group))
                        .ifPresent(all::add);
            }
            return all;
        } catch (IOException | RuntimeException _) {
            return null;
        }
    }

    private static Observation observation(Resource resource, Instant at, GroupSeen group, Map<String, Integer> made) {
        String document = GroupRendering.document(group.ref().address());
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        group.direct()
                .forEach((person, place) -> owned.put(
                        person,
                        new LiveEdge(
                                person,
                                place.spelling(),
                                place.end(),
                                GooglePrincipals.isDead(place.spelling()),
                                document)));
        if (group.open()) {
            group.people().forEach((person, member) -> {
                String spelling = GooglePrincipals.USER + member.spelling();
                owned.merge(
                        person, new LiveEdge(person, spelling, member.end(), false, document), ThroughGroup::longer);
            });
        }
        String address = group.ref().address();
        List<ForeignEntry> foreign = new ArrayList<>();
        group.policy().entries().stream()
                .filter(entry -> !entry.admits(address)
                        && (migration(resource) == Migration.NONE
                                || entry.person().isEmpty()))
                .forEach(entry -> foreign.add(entry.foreign()));
        group.others().forEach(other -> foreign.add(new ForeignEntry(other, group.open())));
        return new Observation(resource.id(), at, owned, foreign, false, new TreeSet<>(List.of(document)), made, group);
    }

    private static LiveEdge longer(LiveEdge one, LiveEdge other) {
        Instant end = one.leaseUntil();
        Instant otherEnd = other.leaseUntil();
        return end == null || otherEnd != null && !otherEnd.isAfter(end) ? one : other;
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        GroupTerms terms = new GroupTerms(
                observation.at(),
                migration(resource),
                leases,
                api,
                door.writeCalls(),
                !readOnlyPolicies.contains(resource.id()));
        return new GroupRendering((GroupSeen) observation.state(), terms).towards(target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        Outcome outcome = new GroupWriting(calls, door, api, resource, write).send();
        boolean shutting =
                write.payload() instanceof GroupWrite.Policy && !write.revokes().isEmpty();
        return shutting && outcome instanceof Outcome.Denied(var reason) && readOnlyPolicies.add(resource.id())
                ? new Outcome.Conflict(reason + " (members are taken out of the group one by one instead)")
                : outcome;
    }

    @Override
    public Write policyWrite(MemberPolicy after, String what) {
        return new Write(
                door.document(),
                new TreeSet<>(),
                new TreeSet<>(),
                door.writeCalls(),
                after.bytes(),
                what,
                new GroupWrite.Policy(after));
    }

    @Override
    public MemberPolicy policyOf(Observation observation) {
        return ((GroupSeen) observation.state()).policy();
    }

    @Override
    public List<Check> check(Resource resource) {
        List<Check> checks = new ArrayList<>(door.check(resource));
        GroupChecks group = new GroupChecks(calls);
        checks.add(group.settings(address(resource)));
        checks.add(group.nesting(address(resource), api.restricts()));
        return List.copyOf(checks);
    }
}
