package org.physionet.provisioner.adapters.gcp.gcs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;
import org.physionet.provisioner.adapters.gcp.directory.Door;
import org.physionet.provisioner.adapters.gcp.members.MemberChange;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.model.Resource;

/** A bucket's policy as the door of the {@code group} layout. */
public final class BucketDoor implements Door {
    private static final String GROUP = "group:";

    private final GoogleCalls calls;

    public BucketDoor(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public Answer<Seen> read(Resource resource, String group) {
        return calls.read(google -> seen(BucketCalls.read(google, resource), group));
    }

    private static Seen seen(BucketPolicy policy, String group) {
        boolean open = false;
        int groups = 0;
        List<ForeignEntry> foreign = new ArrayList<>();
        for (Binding binding : policy.bindings()) {
            for (String member : binding.members()) {
                groups += member.startsWith(GROUP) ? 1 : 0;
                if (BucketMembers.isOurs(binding) && member.equalsIgnoreCase(GROUP + group)) {
                    open = true;
                } else {
                    foreign.add(new ForeignEntry(
                            BucketMembers.describe(binding, member), BucketMembers.givesAccess(binding, member)));
                }
            }
        }
        boolean room = policy.occurrences() < MemberChange.MOST_OCCURRENCES && groups < MemberChange.MOST_GROUPS;
        return new Seen(open, room, foreign, policy);
    }

    @Override
    public void write(GoogleClients google, Resource resource, Object document, String group, boolean open)
            throws IOException {
        BucketCalls.write(google, resource, BucketMembers.change((BucketPolicy) document, GROUP + group, open));
    }

    @Override
    public Map<String, Integer> readCalls() {
        return BucketCalls.READ;
    }

    @Override
    public Map<String, Integer> writeCalls() {
        return BucketCalls.WRITE;
    }

    @Override
    public List<Check> check(Resource resource) {
        return new BucketChecks(calls).of(resource);
    }
}
