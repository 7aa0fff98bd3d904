package org.physionet.provisioner.worlds.bugs;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.worlds.cloud.ModelAdapter;
import org.physionet.provisioner.worlds.cloud.ShardAdapter;

/** Fills documents anew, in order, when anything changes: a peer's shards were numbered by position. */
final class Renumbering {
    private Renumbering() {}

    static List<Write> of(List<Write> writes, Observation observation, Target target) {
        List<String> everybody = new ArrayList<>();
        for (LiveEdge live : observation.owned().values()) {
            if (target.edges().containsKey(live.principal())) {
                everybody.add(live.principal().key());
            }
        }
        writes.forEach(w -> w.grants().forEach(p -> everybody.add(p.key())));
        List<Write> all = new ArrayList<>();
        for (Write write : writes) {
            ModelAdapter.Payload payload = (ModelAdapter.Payload) write.payload();
            int n = Integer.parseInt(write.document().substring("ap-".length()));
            int from = Math.min(everybody.size(), n * ShardAdapter.LIMIT);
            SortedSet<String> people =
                    new TreeSet<>(everybody.subList(from, Math.min(everybody.size(), from + ShardAdapter.LIMIT)));
            all.add(new Write(
                    write.document(),
                    write.grants(),
                    write.revokes(),
                    write.calls(),
                    write.bytes(),
                    new ModelAdapter.Payload(
                            payload.document(), payload.basedOn(), payload.readAt(), people, payload.others())));
        }
        return all;
    }
}
