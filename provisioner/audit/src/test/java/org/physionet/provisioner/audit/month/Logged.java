package org.physionet.provisioner.audit.month;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.audit.access.Access;

/** Single entries of logs, told apart by a number. */
final class Logged {
    private Logged() {}

    static Access change(int number, @Nullable String bucket, @Nullable String key, Instant at) {
        boolean aws = "data".equals(bucket);
        return new Access(
                aws ? "aws" : "gcp",
                aws ? Access.Log.CLOUDTRAIL : Access.Log.CLOUD_AUDIT,
                at,
                "c" + number,
                null,
                Access.Who.NAMED,
                aws ? "arn:aws:iam::111122223333:role/admin" : "user:admin@example.org",
                bucket,
                key,
                Access.Action.POLICY,
                "SetIamPolicy",
                true,
                null,
                null,
                null,
                null,
                null,
                "ADD somebody",
                "changes.json",
                (long) number);
    }

    static Access access(
            int number,
            String provider,
            Access.Log log,
            Instant at,
            Access.Who kind,
            @Nullable String who,
            String bucket,
            @Nullable String key) {
        return new Access(
                provider,
                log,
                at,
                "e" + number,
                null,
                kind,
                who,
                bucket,
                key,
                key == null ? Access.Action.LIST : Access.Action.READ,
                "get",
                true,
                log == Access.Log.GCS_USAGE ? (Long) 500L : null,
                null,
                "gsutil",
                null,
                null,
                null,
                "audit.json",
                (long) number);
    }

    static Access from(String ip, Access a) {
        return new Access(
                a.provider(),
                a.log(),
                a.at(),
                a.id(),
                a.request(),
                a.who(),
                a.principal(),
                a.bucket(),
                a.key(),
                a.action(),
                a.operation(),
                a.allowed(),
                a.bytes(),
                ip,
                a.agent(),
                a.via(),
                a.signed(),
                a.detail(),
                a.file(),
                a.line());
    }
}
