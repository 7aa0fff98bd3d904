package org.physionet.provisioner.adapters.aws.accessgrants;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Principal;

/**
 * One bounded part of a resource's changes.
 *
 * @param location where new grants are made; null: none was there when it was planned
 * @param makesInstance whether the account had no instance
 * @param delete ids of grants
 * @param create whom to let in
 */
record GrantsWrite(
        Grants.@Nullable Location location, boolean makesInstance, List<String> delete, List<Newcomer> create) {
    GrantsWrite {
        delete = List.copyOf(delete);
        create = List.copyOf(create);
    }

    /** @param arn as which S3 Access Grants takes them */
    record Newcomer(Principal principal, String arn) {}
}
