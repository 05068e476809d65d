(* SPDX-License-Identifier: LGPL-2.1-or-later *)
let () =
  let conn = Libvirt.Connect.connect_readonly ~name:"test:///default" () in
  let show id =
    let domain = Libvirt.Domain.lookup_by_id conn id in
    let info = Libvirt.Domain.get_info domain in
    let state =
      match info.Libvirt.Domain.state with
      | Libvirt.Domain.InfoRunning -> 1
      | Libvirt.Domain.InfoBlocked -> 2
      | Libvirt.Domain.InfoPaused -> 3
      | _ -> 0
    in
    Printf.printf "%s: state %d, %Ld KiB, %d processors\n"
      (Libvirt.Domain.get_name domain) state info.Libvirt.Domain.memory
      info.Libvirt.Domain.nr_virt_cpu
  in
  let count = Libvirt.Connect.num_of_domains conn in
  Array.iter show (Libvirt.Connect.list_domains conn count);
  Libvirt.Connect.close conn
