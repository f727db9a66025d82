//! A log of alerts that is made up on the spot.

use std::fmt::Write as _;

/// Alerts of four rules, as a cluster of some hundred pods raises them.
pub(crate) fn log(alerts: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut out = String::with_capacity(alerts * 1100);
    for number in 0..alerts as u64 {
        let (second, nanosecond) = (number / 7, random(1_000_000_000));
        let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
        let pod = random(300);
        let app = ["web", "billing", "search", "worker", "gateway"][(pod % 5) as usize];
        let (process, parent) = (random(30_000), random(30_000));
        let shell = ["bash", "sh", "python3.12", "node"][random(4) as usize];
        let file = random(4_000);
        let (rule, kind, priority, what) = [
            ("Terminal shell in container", "execve", "Notice", "A shell was spawned in a container"),
            ("Read sensitive file untrusted", "openat", "Warning", "Sensitive file opened for reading"),
            ("Write below etc", "openat", "Error", "File below /etc opened for writing"),
            (
                "Contact K8S API Server From Container",
                "connect",
                "Notice",
                "Unexpected connection to K8s API",
            ),
        ][random(4) as usize];
        let image = format!("registry.example.com/shop/{app}");
        let command = format!("{shell} -c /opt/{app}/bin/run-{} --shard {}", random(20), random(12));
        let digest = format!("{:016x}", pod.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let id = &digest[..12];
        let _ = writeln!(
            out,
            "{{\"hostname\":\"node-{}\",\"output\":\"{hour:02}:{minute:02}:{second:02}.{nanosecond:09}: {priority} {what} | evt_type={kind} user=root user_uid=0 user_loginuid=-1 process={shell} proc_exepath=/usr/bin/{shell} parent=containerd-shim command={command} terminal=0 file=/etc/{app}/conf.d/{file}.conf container_id={id} container_name={app} container_image_repository={image} container_image_tag=v{} k8s_pod_name={app}-{digest} k8s_ns_name=shop\",\"output_fields\":{{\"container.id\":\"{id}\",\"container.image.repository\":\"{image}\",\"container.image.tag\":\"v{}\",\"container.name\":\"{app}\",\"evt.time\":17{:08}{nanosecond:09},\"evt.type\":\"{kind}\",\"fd.name\":\"/etc/{app}/conf.d/{file}.conf\",\"k8s.ns.name\":\"shop\",\"k8s.pod.name\":\"{app}-{digest}\",\"proc.cmdline\":\"{command}\",\"proc.exepath\":\"/usr/bin/{shell}\",\"proc.name\":\"{shell}\",\"proc.pid\":{process},\"proc.pname\":\"containerd-shim\",\"proc.ppid\":{parent},\"proc.tty\":0,\"user.loginuid\":-1,\"user.name\":\"root\",\"user.uid\":0}},\"priority\":\"{priority}\",\"rule\":\"{rule}\",\"source\":\"syscall\",\"tags\":[\"T1059\",\"container\",\"maturity_stable\",\"mitre_execution\",\"shell\"],\"time\":\"2026-11-24T{hour:02}:{minute:02}:{second:02}.{nanosecond:09}Z\"}}",
            pod % 12,
            pod % 9,
            pod % 9,
            number / 7,
        );
    }
    out
}
