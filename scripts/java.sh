# Finds a Java to run with. Read by the scripts beside it (". java.sh"), not run by itself. POSIX sh.
#
# find_java MAJOR TOOL [FOLDER...]   sets JAVA_FOUND to the first home folder of a Java of version MAJOR or newer that has bin/TOOL.
#
# FOLDERs are looked at first, then PROVISIONER_JAVA_HOME, JAVA_HOME, the java on the PATH, and the usual folders. No JVM is started to ask
# for a version: the "release" file of each home says it. Returns 1 after telling on standard error how to get a Java, if there is none.

# Sets JAVA_VERSION_FOUND to the version in the release file of home folder $1; fails if that is no Java home of version $2 with tool $3.
java_fits() {
    JAVA_VERSION_FOUND=
    [ -r "$1/release" ] || return 1
    while IFS= read -r java_line || [ -n "$java_line" ]; do
        case $java_line in
            JAVA_VERSION=*) JAVA_VERSION_FOUND=${java_line#JAVA_VERSION=}; break ;;
        esac
    done <"$1/release"
    JAVA_VERSION_FOUND=${JAVA_VERSION_FOUND#\"}
    JAVA_VERSION_FOUND=${JAVA_VERSION_FOUND%%\"*}
    java_major=${JAVA_VERSION_FOUND%%[!0-9]*}
    [ -n "$java_major" ] && [ "$java_major" -ge "$2" ] && [ -x "$1/bin/$3" ]
}

find_java() {
    java_wanted=$1 java_tool=$2 JAVA_FOUND='' java_older=''
    shift 2
    for java_home in "$@"; do
        java_fits "$java_home" "$java_wanted" "$java_tool" && { JAVA_FOUND=$java_home; return 0; }
    done

    # Whoever names a Java for this program alone means that one: say so if it will not do, rather than take another.
    if [ -n "${PROVISIONER_JAVA_HOME:-}" ]; then
        java_fits "$PROVISIONER_JAVA_HOME" "$java_wanted" "$java_tool" && { JAVA_FOUND=$PROVISIONER_JAVA_HOME; return 0; }
        if [ -n "$JAVA_VERSION_FOUND" ]; then
            java_what="Java $JAVA_VERSION_FOUND"
            [ -x "$PROVISIONER_JAVA_HOME/bin/$java_tool" ] || java_what="$java_what without bin/$java_tool"
        else
            java_what="no Java there (no file \"release\" that names a version)"
        fi
        echo "PROVISIONER_JAVA_HOME=$PROVISIONER_JAVA_HOME: expected the home folder of Java $java_wanted or newer, found $java_what." >&2
        echo "Set it to another folder, or unset it to let the usual folders be searched." >&2
        return 1
    fi

    # Before the path is searched, which takes two processes.
    if [ -n "${JAVA_HOME:-}" ] && java_fits "$JAVA_HOME" "$java_wanted" "$java_tool"; then
        JAVA_FOUND=$JAVA_HOME
        return 0
    fi
    java_on_path=$(command -v java 2>/dev/null) && java_on_path=$(readlink -f "$java_on_path" 2>/dev/null) || java_on_path=
    for java_home in "${JAVA_HOME:-}" "${java_on_path%/bin/java}" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* /opt/java/* /opt/jdk* /opt/*jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/* "${HOME:-/nowhere}"/.asdf/installs/java/* \
        "${HOME:-/nowhere}"/.local/share/mise/installs/java/* "${HOME:-/nowhere}"/.gradle/jdks/*; do
        [ -n "$java_home" ] || continue
        java_fits "$java_home" "$java_wanted" "$java_tool" && { JAVA_FOUND=$java_home; return 0; }
        [ -n "$JAVA_VERSION_FOUND" ] && java_older="$java_older
    Java $JAVA_VERSION_FOUND in $java_home"
    done

    {
        echo "The provisioner needs Java $java_wanted or newer, and none was found."
        [ -z "$java_older" ] || echo "Found, but not enough:$java_older"
        echo "Get one, in whichever way suits this machine:"
        echo "    Debian, Ubuntu   sudo apt-get install openjdk-$java_wanted-jdk   (or temurin-$java_wanted-jdk from packages.adoptium.net)"
        echo "    Fedora, RHEL     sudo dnf install java-$java_wanted-openjdk-devel"
        echo "    macOS            brew install openjdk@$java_wanted"
        echo "    anywhere         sdk install java $java_wanted-tem   (sdkman.io), or unpack an archive from https://adoptium.net/temurin/releases/"
        echo "It is found by itself in the usual folders; elsewhere, name its folder: export PROVISIONER_JAVA_HOME=/path/to/jdk-$java_wanted"
    } >&2
    return 1
}
