package org.physionet.provisioner.adapters.aws.policy;

import java.util.List;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.engine.adapter.ForeignEntry;

/** Statements that are not ours as entries that the engine writes back as they were: one for each identity that they let in. Pure. */
public final class ForeignStatements {
    private ForeignStatements() {}

    /**
     * @param where the document, e.g. {@code bucket policy}
     * @param opens whether somebody can read the data by it
     */
    public static List<ForeignEntry> of(String where, Statement statement, boolean opens) {
        String text = where + ": statement " + statement.node();
        List<String> whom = statement.whom();
        if (!opens || whom.isEmpty() || statement.namesEverybody() && whom.contains("everybody")) {
            return List.of(new ForeignEntry(text, opens));
        }
        return whom.stream()
                .map(who -> new ForeignEntry(text, true, false, AwsIdentityKind.of(who)))
                .toList();
    }
}
