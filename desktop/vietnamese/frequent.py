"""Syllables that office papers and lists of people are full of.

They decide only between two readings of old letters that are both legal (công or cụng, toàn or
tồn); a syllable that is missing here is never wrong for it.
"""

_TEXT = """
à á ạ ai ái am an án anh ảnh ánh ảo áo áp ăn âm ẩm ân ấn ấp ba bà bác bài bám ban bàn bản bán bạn
bảng bao bào bảo báo bát bảy bắc bằng bắt bậc bất bầu bé bên bền bến bệnh bếp bì bí bị bia bích biên
biển biến biện biết biệt biểu bình bò bỏ bó bọ bọc bóng bồ bổ bố bộ bồi bốn bởi bơm bù bùi bùn buộc
buổi bước bứt ca cả cá các cách cải cam cảm cám cán cạn cảnh cạnh cao cáo cáp căn cắt cân cần cẩn
cấp cập cất câu cầu cấu cây chàng chào chảo cháy chạy chăm chăn chấm chậm chấp chất châu chậu che
chè chẽ chế chi chỉ chí chị chia chiếc chiến chiều chiếu chìm chỉnh chính chịu cho chó chọn chỗ
chồng chống chốt chờ chợ chủ chú chuẩn chúc chung chúng chuồng chuyên chuyền chuyển chuyến chữ chưa
chứa chức chứng chương cò cỏ có cọc coi con còn cô cổ cố cối công cổng cộng cốt cột cơ cờ cơm cũ cụ
của cụm cung cùng củng cũng cuộc cuối cuốn cư cừ cử cứ cửa cực cường cứu da dạ dài dám dán dạng danh
dao dào dạy dăm dân dần dẫn dâng dầu dấu dây dẻo dễ dệt di dì dĩ dịch diệm diễn diện diệp diệt diệu
do dò doanh dọc dọn dòng dốc dồn dợ du dù dụ dục dung dùng dũng dụng duy duyên duyệt dữ dự dựng dược
dưới dương dưỡng đa đã đá đài đại đàm đảm đạm đang đảng đáng đánh đào đảo đáo đạo đáp đạp đạt đau
đay đảy đáy đặc đăng đằng đẳng đặt đâm đất đầu đấu đây đầy đẩy đấy đe đem đèn đèo đẹp đề để đệ đêm
đến đều đi đìa địa đích điểm điền điển điện điều điệu đinh đình đỉnh đính định đó đoan đoàn đoạn đọc
đòi đòn đón đóng đô đồ đỗ độ đốc đồi đổi đối đội đôn đông đồng đống động đốt đột đời đợi đơn đợt đủ
đua đùa đúc đúng đưa đức đứng được đương đường em ép ê ga gà gạch gai gan gang gánh gạo gắn gần gập
gây gầy ghép ghế ghi gì gia già giả giá giác giai giải giảm giám gian giàn giàng giảng giao giáo
giáp giặt giây giấy giêng giếng giết giò giỏ gió giỏi góc gói gọi góp gỗ gốc gồm gốm gửi gương hà hạ
hai hải hãi hái hại hàm hàn hán hạn hang hàng hạng hành hạnh hao hào hảo hát hạt hay hãy hằng hắt
hầm hân hận hấp hậu hè hẹp hệ hết hiếm hiên hiền hiến hiện hiệp hiểu hiếu hiệu hình họ hoa hòa hoà
hóa hoá họa hoạ hoạch hoài hoàn hoàng hoạt hoặc học hỏi hòm hóm hồ hổ hỗ hố hộ hồi hội hôm hông hồng
hộp hơi hợi hơn hợp hùng huy huỷ hủy huyền huyện huyết huỳnh hứa hưng hứng hương hưởng hướng hữu ỉ
ích in ít kẻ kèm kém kéo kê kề kể kế kênh kết kêu khả khác khách khai khải khám khánh khảo khắc khăn
khẳng khắp khẩn khâu khẩu khấu khe khen khẻo khéo khi khí khích khó khoa khóa khoá khoai khoan khoản
khoảng khoáng khoảnh khoăn khoẻ khỏe khỏi khô khổ khối không khu khuẩn khung khuôn khuyến khử kĩ
kích kiểm kiếm kiệm kiên kiến kiện kiểu kim kín kinh kính kịp kỳ kỷ kỹ ký la là lã lá lạ lạc lai lãi
lái lại lam làm lan lán làng lãng lành lãnh lạnh lao lào lão lăm lắm lắng lắp lặp lâm lân lần lấn
lập lâu lầu lây lấy lẻ lê lễ lệ lệch lên lệnh lí lịch liên liền liệt liều liệu linh lĩnh lính lít lo
lò lõ lọ loa loài loại loạt lọc long lòng lót lô lỗ lộ lộc lỗi lối lồng lốp lờ lở lỡ lời lợi lớn lớp
lù lũ luân luận luật lúc lục lùn luôn lửa lứa lựa lực lưng lưới lương lường lượng lượt lưu lý mà mả
mã má mạ mạc mai mãi mái mại mang mảng máng mạng mành mạnh màu máu may máy mặc măng mắt mặt mẫn mất
mật mẫu mây mẩy mấy mẻ mẽ mẹ mèo mép mét mê mềm mệnh mệt mì mỉ mĩ mía miền miễn miếng miệng mìn minh
mình mo mò mỏ móc mọi mong móng mô mốc mộc môi mồi mỗi mối môn mông mộng một mở mỡ mời mới mủ mũ mua
mùa mục mùi muối muốn muộn mưa mức mừng mười mưu my mỹ na nà nả ná nam nạn nàng nào nạp nay này nảy
năm nằm nắm năng nắng nặng nắp nấm nậm nâng nấu nề nên nền nếp nêu nếu nga ngà ngả ngã ngạch ngải
ngại ngan ngàn ngang ngành ngay ngày ngăn ngắn ngắt ngân ngần ngập nghe nghè nghèo nghề nghệ nghỉ
nghĩ nghị nghĩa nghiêm nghiệm nghiên nghiệp nghiệt nghìn ngõ ngoài ngoại ngoan ngọc ngòi ngon ngô
ngộ ngôi ngồi ngôn ngũ nguồn nguy nguyên nguyễn nguyện nguyệt ngữ ngừa ngựa ngưng ngừng người nhà
nhã nhạc nhai nhàm nhan nhãn nhanh nhánh nhắc nhằm nhân nhẫn nhận nhập nhất nhật nhé nhẹ nhiễm nhiệm
nhiên nhiệt nhiều nhỏ nhóm nhôm nhờ nhớ nhu nhũ nhuận nhung như nhựa nhưng những ni nì nia niêm niềm
niệm niên nòi nói nong nóng nỗ nổi nỗi nối nội nôn nông nồng nộp nở nợ nơi núi nuôi nút nữ nửa nữa
nước nương nướng oanh ô ổ ổn ông ống ở ơn ớt pa pả páo phá phác phải phái phạm phàn phản phán phanh
pháp phát phạt phẩm phân phần phẩn phấn phận phép phê phế phì phí phía phiên phiền phiếu phim phó
phong phòng phỏng phô phổ phố phôi phối phơi phù phủ phú phụ phúc phục phun phụng phút phức phước
phương phường pín pò pờ qua quà quả quá quách quai quan quàn quản quán quang quảng quanh quát quạt
quay quặng quân quần quận quật quây quen quét quê quế quốc quy quỳ quỷ quỹ quý quyên quyền quyển
quyến quyết quỳnh ra rà rá rạ rác rải rãi ran ràng rãnh rào rạp rau rắn rằng rất rẫy rẻ rét riêng ro
rò rỏ rõ rồi rối rộng rơi rời rơm rủi rụng ruộng rút rửa rừng rưỡi sa sà sả sá sách sạch sai sài sàn
sản sang sàng sáng sảnh sao sào sáo sát sau sáu say sắc săn sẵn sắn sắp sắt sâm sân sấn sâu sầu sấy
se sẽ sĩ siết siêu sìn sinh sít so sò soát sổ số sôi sông sống sơ sở sợ sợi sớm sơn suất sung sùng
súng suối suốt sụt suy sư sử sứ sự sửa sữa sức sưởi sương sỹ ta tả tá tạ tác tài tải tái tại tam tám
tạm tan tản tán tàng tánh tao tào tảo tạo tạp tạt tàu tay tắc tắm tăng tằng tặng tắt tâm tầm tấm tân
tần tẩn tấn tận tầng tấp tập tất tật tây tẩy té tem ten teo tế tệ tên tết tha thả thác thạc thạch
thai thải thái tham thảm thám thang thàng tháng thanh thành thánh thạnh thao thảo tháo thay thăm
thăng thẳng thắng thầm thẩm thân thần thận thấp thập thất thật thầu thấu thầy thấy the thẻ theo thép
thể thế thêm thi thì thí thị thia thích thiên thiện thiết thiệt thiểu thiếu thiệu thìn thỉnh thính
thịnh thịt tho thò thỏ thọ thoa thỏa thoả thoải thoại thoáng thoát thóc thô thổ thôi thối thôn thông
thống thơ thờ thở thợ thời thới thơm thu thù thủ thú thụ thuận thuật thúc thuê thuế thùng thủng
thuốc thuộc thuở thùy thuỳ thuỷ thủy thuý thúy thuyên thuyền thuyết thư thừ thử thứ thừa thức thực
thước thương thường thưởng thượng ti tì tỉ tí tị tích tịch tiêm tiên tiền tiễn tiến tiện tiếng tiếp
tiết tiêu tiểu tìm tin tín tinh tình tỉnh tính tịnh to tò tỏ toa tòa toà tỏa toả toạ tọa toan toàn
toán tóc tóm tòng tô tồ tổ tố tốc tôi tồi tối tôn tổn tốn tông tổng tốt tơ tờ tới tra trà trả trách
trai trải trái trại tràm trám trạm tràn trang tràng trảng trạng tranh tránh trao trào trắc trăm
trắng trầm trân trần trận trâu trầu tre trẻ trẽ treo trễ trên trệt trì trĩ trí trị trích triển triệt
triều triệu trinh trình trò tròn trọn trong tròng trọng trội trộm trông trồng trống trơ trở trợ trời
trù trú trụ trúc trung trũng trúng truyền truyện trừ trữ trưa trực trước trương trường trưởng trượng
tu tủ tú tuân tuần tuấn tuất túc tục tuệ túi tùng tụng tuổi tuy tùy tuỳ tuyên tuyển tuyến tuyết
tuyệt tư từ tử tứ tự tựa tức từng tươi tưới tương tường tưởng tượng ty u ú uốn uống uy uỷ ủy uyên ừ
ưng ứng ước ươm ương ưu va và vả vá vạ vách vai vài vải vại van vàn ván vạn vàng vãng vào vay văn
vắng vắt vân vẫn vấn vận vấp vật vây vậy vẻ vẽ vé vét về vệ vết vi vì vĩ ví vị việc viên viện viết
việt vinh vĩnh vịnh vít vò vỏ võ vòng vọng vô vỗ vôi vội vốn vở vỡ vợ với vớt vu vũ vụ vui vùng
vuông vừ vừa vữa vực vững vườn vương vướng vượng vượt vy xa xả xã xạ xác xài xanh xào xảo xay xảy
xắn xăng xâm xấu xây xe xẻ xem xén xét xế xếp xi xì xí xiên xiết xin xinh xóa xoá xoay xóm xong xô
xới xu xuân xuất xúc xung xuống xuyên xử xứ xưa xứng xương xưởng y ỷ ý yếm yên yến yêu yếu
"""
FREQUENT = frozenset(_TEXT.split())
"""In lower case, in both styles of tone mark where both are in use."""
