package org.physionet.provisioner.adapters.gcp;

import java.util.List;
import org.physionet.provisioner.adapters.gcp.policy.MemberPolicy;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** One way in which access is written down on one kind of resource. The promises are those of the engine's adapter port. */
public interface Layout {
    Observed observe(Resource resource);

    Rendering render(Resource resource, Observation observation, Target target);

    Outcome write(Resource resource, Write write);

    /** The policy that an observation of this layout holds. */
    MemberPolicy policyOf(Observation observation);

    /**
     * A write of the policy alone, for {@link #write}.
     *
     * @param what it does, for people; it moves nobody in or out whom the engine let in
     */
    Write policyWrite(MemberPolicy after, String what);

    List<Check> check(Resource resource);
}
