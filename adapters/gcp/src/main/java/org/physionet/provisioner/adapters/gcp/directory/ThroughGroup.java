package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.directory.model.Member;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.Layout;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.calls.GroupFailures;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
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

    public ThroughGroup(GoogleCalls calls, Door door) {
        this.calls = calls;
        this.door = door;
    }

    static String address(Resource resource) {
        String address = resource.options().get(OPTION);
        if (address == null) {
            throw new IllegalArgumentException(resource.id() + ": layout group without the key group");
        }
        return address;
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        String address = address(resource);
        return switch (door.read(resource, address)) {
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
            case Answer.Got(Door.Seen seen) -> {
                Map<String, Integer> made = new TreeMap<>(door.readCalls());
                Answer<GroupSeen> group = calls.read(google -> read(google, address, seen, made));
                yield switch (group) {
                    case Answer.Failed(var why) -> new Observed.NotSeen(why);
                    case Answer.Got(GroupSeen found) -> new Observed.Seen(observation(resource, at, found, made));
                };
            }
        };
    }

    private static GroupSeen read(GoogleClients google, String address, Door.Seen seen, Map<String, Integer> made)
            throws IOException {
        GroupCalls.Listed listed;
        try {
            listed = GroupCalls.members(google, address);
        } catch (IOException e) {
            if (!GroupFailures.isNoGroup(e)) {
                throw e;
            }
            made.put("directory.members.list", 1);
            return new GroupSeen(address, false, false, new TreeMap<>(), List.of(), seen);
        }
        made.put("directory.members.list", listed.pages());
        boolean closed = true;
        if (!seen.open()) {
            made.put("groupsSettings.groups.get", 1);
            closed = GroupSettings.differences(GroupCalls.settings(google, address))
                    .isEmpty();
        }
        SortedMap<Principal, List<String>> people = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (Member member : listed.members()) {
            String email = member.getEmail();
            if (isPerson(member) && email != null) {
                people.computeIfAbsent(GooglePrincipals.ofAddress(email), p -> new ArrayList<>())
                        .add(email);
            } else {
                others.add(describe(member, address));
            }
        }
        return new GroupSeen(address, true, closed, people, others, seen);
    }

    private static boolean isPerson(Member member) {
        String email = member.getEmail();
        return "USER".equals(member.getType())
                && "MEMBER".equals(member.getRole())
                && (email == null || !email.endsWith("gserviceaccount.com"));
    }

    private static String describe(Member member, String group) {
        String who = member.getEmail() != null ? member.getEmail() : "id " + member.getId();
        return lower(member.getType()) + " " + who + " as " + lower(member.getRole()) + " of group " + group;
    }

    private static String lower(@Nullable String text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }

    private static Observation observation(Resource resource, Instant at, GroupSeen group, Map<String, Integer> made) {
        String document = GroupRendering.document(group.address());
        boolean open = group.door().open();
        SortedMap<Principal, LiveEdge> owned = new TreeMap<>();
        if (open) {
            group.people()
                    .forEach((person, listed) -> owned.put(
                            person,
                            new LiveEdge(person, GooglePrincipals.USER + listed.getFirst(), null, false, document)));
        }
        List<ForeignEntry> foreign = new ArrayList<>(group.door().foreign());
        group.others().forEach(other -> foreign.add(new ForeignEntry(other, open)));
        SortedSet<String> documents = new TreeSet<>(List.of(document));
        return new Observation(resource.id(), at, owned, foreign, false, documents, made, group);
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        return new GroupRendering((GroupSeen) observation.state(), door.writeCalls()).towards(target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        return new GroupWriting(calls, door, resource, write).send();
    }

    @Override
    public List<Check> check(Resource resource) {
        List<Check> checks = new ArrayList<>(door.check(resource));
        String address = address(resource);
        String what = "settings of group " + address;
        checks.add(
                switch (calls.read(google -> GroupSettings.differences(GroupCalls.settings(google, address)))) {
                    case Answer.Failed(var why) -> new Check(what, false, why.reason(), "");
                    case Answer.Got(List<String> none) when none.isEmpty() -> new Check(what, true, "closed", "");
                    case Answer.Got(List<String> differences) ->
                        new Check(
                                what,
                                false,
                                String.join("; ", differences),
                                "set them in the Google Admin console under Groups, " + address);
                });
        return List.copyOf(checks);
    }
}
